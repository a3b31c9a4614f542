package dev.lectern.neon.warmup;

import java.time.Instant;

/// The policy of no warm-up.
public record Off() implements WarmupPolicy {

    @Override
    public String name() {
        return "off";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        return Wish.none("warm-up is off");
    }
}
