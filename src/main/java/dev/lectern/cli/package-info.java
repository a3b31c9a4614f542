/** The command line. */
@NullMarked
package dev.lectern.cli;

import org.jspecify.annotations.NullMarked;
