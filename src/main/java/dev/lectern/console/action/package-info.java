/** What operators can do on the admin port: each action with a preview, an entry in the log, and a way back. */
@NullMarked
package dev.lectern.console.action;

import org.jspecify.annotations.NullMarked;
