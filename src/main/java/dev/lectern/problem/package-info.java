/** Errors as clients see them: RFC 9457 problems and the mappers that make them. */
@NullMarked
package dev.lectern.problem;

import org.jspecify.annotations.NullMarked;
