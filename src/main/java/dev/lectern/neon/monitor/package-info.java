/** What the connection layer tells the outside: a listener for events and a snapshot of its state. */
@NullMarked
package dev.lectern.neon.monitor;

import org.jspecify.annotations.NullMarked;
