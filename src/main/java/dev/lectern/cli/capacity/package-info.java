/** How many connections readers need, by what was measured. */
@NullMarked
package dev.lectern.cli.capacity;

import org.jspecify.annotations.NullMarked;
