/** Looking at a database from outside: is it well, and how much does it bear. */
@NullMarked
package dev.lectern.cli.probe;

import org.jspecify.annotations.NullMarked;
