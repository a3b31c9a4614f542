/** Finds the passages of a book that speak of a question. */
@NullMarked
package dev.lectern.retrieval;

import org.jspecify.annotations.NullMarked;
