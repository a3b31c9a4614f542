/**
 * A gateway before the embedded PostgreSQL that behaves as Neon's proxy, pooler and compute do: the server sleeps when it
 * is idle, a login wakes it, and limits, errors and delays are those of Neon. What is known of Neon's behaviour was read
 * in its documentation and in the sources of its proxy and compute tools.
 */
@NullMarked
package dev.lectern.embedded.gateway;

import org.jspecify.annotations.NullMarked;
