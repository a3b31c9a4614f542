/** How the connection layer works inside: the pool, its set-up and the state of the database. */
@NullMarked
package dev.lectern.neon.internal;

import org.jspecify.annotations.NullMarked;
