/** The port to a language model that writes an answer from passages. */
@NullMarked
package dev.lectern.llm;

import org.jspecify.annotations.NullMarked;
