/// How near a read over HTTP comes to what the database and HTTP allow: a program that measures it.
@NullMarked
package dev.lectern.fastpath;

import org.jspecify.annotations.NullMarked;
