/** A pooler in transaction mode, as Neon has one: each transaction may run in another session of the server. */
@NullMarked
package dev.lectern.testing.pooler;

import org.jspecify.annotations.NullMarked;
