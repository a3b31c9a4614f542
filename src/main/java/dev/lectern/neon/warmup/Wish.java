package dev.lectern.neon.warmup;

import java.time.Instant;
import java.util.function.Supplier;

/// What a policy wants next: warmth from a moment on, or to be asked again.
///
/// @param at when; [Instant#MAX] where only the next arrival changes anything
/// @param warm whether the compute is to be awake then; else the policy does not see further, and is asked again
/// @param why the reason, for an operator to read; made when it is asked for
public record Wish(Instant at, boolean warm, Supplier<String> why) {

    static Wish warm(Instant at, Supplier<String> why) {
        return new Wish(at, true, why);
    }

    static Wish askAgain(Instant at, Supplier<String> why) {
        return new Wish(at, false, why);
    }

    static Wish none(String why) {
        return new Wish(Instant.MAX, false, () -> why);
    }
}
