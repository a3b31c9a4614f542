/** Attacks over real HTTP on the whole application, each with the refusal that it is to meet. */
@NullMarked
package dev.lectern.attack;

import org.jspecify.annotations.NullMarked;
