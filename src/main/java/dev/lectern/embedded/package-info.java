/** An embedded PostgreSQL that stands in for Neon where no connection string is given, behind a gateway. */
@NullMarked
package dev.lectern.embedded;

import org.jspecify.annotations.NullMarked;
