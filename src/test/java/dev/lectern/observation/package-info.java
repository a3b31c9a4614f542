/// What it costs to be observed: programs that measure it.
@NullMarked
package dev.lectern.observation;

import org.jspecify.annotations.NullMarked;
