package dev.lectern.neon.warmup;

import java.time.Instant;

/// The policy that never lets the compute sleep.
public record Always() implements WarmupPolicy {

    @Override
    public String name() {
        return "always";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        return Wish.warm(from, () -> "the compute is always kept awake");
    }
}
