/** Books: import from Markdown, storage in versions, and the immutable copy in memory that readers are served from. */
@NullMarked
package dev.lectern.book;

import org.jspecify.annotations.NullMarked;
