/** How many connections a measured demand needs, and how large a compute: a model of the pool as a queue. */
@NullMarked
package dev.lectern.neon.capacity;

import org.jspecify.annotations.NullMarked;
