/** Answers a question: one JSON document or a stream of server-sent events. */
@NullMarked
package dev.lectern.answer;

import org.jspecify.annotations.NullMarked;
