/** Who may use a connection, in which order and until when. */
@NullMarked
package dev.lectern.neon.admission;

import org.jspecify.annotations.NullMarked;
