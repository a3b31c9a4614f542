/** A language model without a network: it answers with the best sentences of the passages. */
@NullMarked
package dev.lectern.llm.extractive;

import org.jspecify.annotations.NullMarked;
