package dev.lectern.logging;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.io.Console;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How events are written.
public enum LogFormat {
    /// As text where people look on, and as JSON otherwise.
    AUTO,
    /// A line of JSON for each event, on the standard output.
    JSON,
    /// Text, on the standard error.
    TEXT;

    /// @throws IllegalArgumentException where it is none of them
    @JsonCreator
    static LogFormat of(String word) {
        for (LogFormat each : values()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(word.strip())) {
                return each;
            }
        }
        throw new IllegalArgumentException("must be auto, json or text");
    }

    /// @param console the process's; null where there is none
    boolean isJson(@Nullable Console console) {
        return this == JSON || (this == AUTO && (console == null || !console.isTerminal()));
    }
}
