/** How much callers and addresses may ask for. */
@NullMarked
package dev.lectern.limits;

import org.jspecify.annotations.NullMarked;
