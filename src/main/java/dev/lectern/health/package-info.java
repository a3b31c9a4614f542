/** Whether the process is alive, and whether it can serve. */
@NullMarked
package dev.lectern.health;

import org.jspecify.annotations.NullMarked;
