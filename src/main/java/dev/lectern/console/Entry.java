package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line of the event log.
///
/// @param id one more than the entry's before
/// @param text what happened, in a sentence
/// @param reason why, where somebody or something said so
record Entry(
        long id,
        Instant at,
        Kind kind,
        Level level,
        Actor actor,
        String text,
        @Nullable String reason) {

    /// What it is about.
    enum Kind {
        STATE,
        POOL,
        REFUSALS,
        WARM_UP,
        ACTION,
        LOG,
        PROCESS;

        @JsonValue
        String word() {
            return Entry.word(this);
        }
    }

    /// How much it matters.
    enum Level {
        INFO,
        WARNING,
        ERROR;

        @JsonValue
        String word() {
            return Entry.word(this);
        }
    }

    /// Who did it.
    enum Actor {
        LECTERN,
        OPERATOR,
        NEON;

        @JsonValue
        String word() {
            return Entry.word(this);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
