/** What can go wrong between this process and Neon: one class a cause, and what to do about each. */
@NullMarked
package dev.lectern.neon.failure;

import org.jspecify.annotations.NullMarked;
