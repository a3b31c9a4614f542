/** Lists in parts: which part is asked for, and where the next begins. */
@NullMarked
package dev.lectern.paging;

import org.jspecify.annotations.NullMarked;
