/** What operators see and do on the admin port: the console's page, its JSON, its events and its actions. */
@NullMarked
package dev.lectern.console;

import org.jspecify.annotations.NullMarked;
