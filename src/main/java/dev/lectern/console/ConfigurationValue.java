package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A value of the configuration that is in force. Secrets are masked.
///
/// @param key such as `database.maximumPoolSize`
/// @param variable of the environment that sets it, where one can
public record ConfigurationValue(
        String key, String value, Source source, @Nullable String variable) {

    /// Where a value comes from.
    public enum Source {
        /// A variable of the environment, or a property of the JVM.
        ENVIRONMENT,
        /// The configuration's file, which names no variable for it.
        FILE,
        /// The default that stands in the file beside the variable.
        DEFAULT;

        @JsonValue
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
