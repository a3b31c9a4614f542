/** The process: its configuration and the features that it is composed of. */
@NullMarked
package dev.lectern;

import org.jspecify.annotations.NullMarked;
