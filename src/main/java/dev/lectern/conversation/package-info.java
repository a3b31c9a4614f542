/** Conversations, their messages, citations and feedback. */
@NullMarked
package dev.lectern.conversation;

import org.jspecify.annotations.NullMarked;
