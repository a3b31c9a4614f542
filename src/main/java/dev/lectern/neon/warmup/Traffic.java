package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;

/// The policy that stays awake while readers are active, and some time longer.
///
/// @param keepFor how long after the last arrival
public record Traffic(Duration keepFor) implements WarmupPolicy {

    /// Half an hour after the last reader.
    public static final Traffic DEFAULT = new Traffic(Duration.ofMinutes(30));

    public Traffic {
        if (keepFor.isNegative()) {
            throw new IllegalArgumentException("keepFor is negative");
        }
    }

    @Override
    public String name() {
        return "traffic";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        boolean active = outlook.history()
                .last()
                .filter(last -> from.isBefore(last.plus(keepFor)))
                .isPresent();
        return active
                ? Wish.warm(from, () -> "a reader was here in the last " + keepFor.toMinutes() + " minutes")
                : Wish.none("no reader was here in the last " + keepFor.toMinutes() + " minutes");
    }
}
