/** A language model behind any OpenAI-compatible server. */
@NullMarked
package dev.lectern.llm.openai;

import org.jspecify.annotations.NullMarked;
