/** Neon's connection layer in a Dropwizard application: life cycle and data source. */
@NullMarked
package dev.lectern.neondropwizard;

import org.jspecify.annotations.NullMarked;
