/** JDBI over the connection layer, and the migrations of the schema. */
@NullMarked
package dev.lectern.persistence;

import org.jspecify.annotations.NullMarked;
