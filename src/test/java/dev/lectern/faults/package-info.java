/** What Lectern must survive, injected for real, measured over HTTP and held against a bar. */
@NullMarked
package dev.lectern.faults;

import org.jspecify.annotations.NullMarked;
