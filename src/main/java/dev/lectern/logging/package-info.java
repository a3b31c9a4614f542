/** How the log is written: lines of JSON for programs, text for people. */
@NullMarked
package dev.lectern.logging;

import org.jspecify.annotations.NullMarked;
