/** Lectern's connection layer beside plain HikariCP, on the same database and through the same faults. */
@NullMarked
package dev.lectern.comparison;

import org.jspecify.annotations.NullMarked;
