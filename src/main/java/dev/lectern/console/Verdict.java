package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How the database connection layer is, in one sentence, and what an operator does now.
///
/// @param next null where nothing is to be done
record Verdict(Level level, String sentence, @Nullable String next) {

    /// How bad it is.
    enum Level {
        /// Nothing is wrong.
        GOOD,
        /// Nobody is harmed; somebody might like to know.
        NOTICE,
        /// Some readers are harmed.
        BAD,
        /// Nothing that needs the database is served.
        CRITICAL;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
