/** When a compute is kept awake or woken, at which cost: pure functions of history, time and price. */
@NullMarked
package dev.lectern.neon.warmup;

import org.jspecify.annotations.NullMarked;
