/** What Neon itself says of the compute and of its consumption, where its API may be asked. */
@NullMarked
package dev.lectern.neonapi;

import org.jspecify.annotations.NullMarked;
