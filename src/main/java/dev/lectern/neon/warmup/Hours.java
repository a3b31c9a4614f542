package dev.lectern.neon.warmup;

import java.time.Instant;

/// The policy that keeps the compute awake in windows of the week.
public record Hours(WeeklyHours week) implements WarmupPolicy {

    @Override
    public String name() {
        return "hours";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        return Wish.warm(week.openFrom(from), () -> "it is within the hours " + week);
    }
}
