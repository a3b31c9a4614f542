/** A running Lectern, watched from a terminal. */
@NullMarked
package dev.lectern.cli.watch;

import org.jspecify.annotations.NullMarked;
