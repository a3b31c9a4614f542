package dev.lectern.console.action;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an action did, or would do.
///
/// @param effect a sentence
/// @param until when it ends by itself, where it does
/// @param undo what takes it back, where something does
public record Outcome(
        String effect, @Nullable Instant until, @Nullable Undo undo) {

    /// An action that takes another back.
    ///
    /// @param action its name
    /// @param body of its request
    public record Undo(String action, Map<String, Object> body) {

        public Undo {
            body = Map.copyOf(body);
        }
    }

    /// Something that has no end and no way back.
    static Outcome of(String effect) {
        return new Outcome(effect, null, null);
    }
}
