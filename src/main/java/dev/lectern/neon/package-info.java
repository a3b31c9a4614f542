/** A connection layer for Neon serverless Postgres: permits, deadlines, classified failures and a managed HikariCP pool. */
@NullMarked
package dev.lectern.neon;

import org.jspecify.annotations.NullMarked;
