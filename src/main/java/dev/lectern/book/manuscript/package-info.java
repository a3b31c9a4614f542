/**
 * Reads a folder or an archive of Markdown as the site that shows it does: pages, their order, addresses and anchors, and
 * the excerpts that they are cut into. Knows neither the database nor the rest of the project.
 */
@NullMarked
package dev.lectern.book.manuscript;

import org.jspecify.annotations.NullMarked;
