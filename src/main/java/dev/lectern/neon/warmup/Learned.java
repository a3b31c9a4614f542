package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/// The policy that learns from the arrivals: warm whenever a reader within one more suspend timeout is probable enough.
///
/// Enough is what a hit costs against what it is worth, or what the budget asks for where that is more. One rule keeps
/// awake, lets go and wakes ahead.
public record Learned() implements WarmupPolicy {

    /// The policy asks itself about each so small a part of the suspend timeout, and so many times in a row.
    private static final int PARTS = 2;

    private static final int STEPS = 12 * PARTS;

    @Override
    public String name() {
        return "learned";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        ArrivalHistory history = outlook.history();
        if (history.last().isEmpty()) {
            return Wish.none("nobody came yet");
        }
        double bar = Math.max(outlook.bar(), outlook.terms().breakEven());
        long step = outlook.terms().suspend().toMillis() / PARTS;
        long at = from.toEpochMilli();
        for (int i = 0; i < STEPS; i++, at += step) {
            double probability = history.probability(at);
            if (probability >= bar) {
                Instant moment = Instant.ofEpochMilli(at);
                return Wish.warm(moment, () -> reason("readers are expected", moment, outlook, probability, bar));
            }
        }
        double probability = history.probability(from);
        return Wish.askAgain(
                Instant.ofEpochMilli(at), () -> reason("no reader is expected", from, outlook, probability, bar));
    }

    private static String reason(String what, Instant at, Outlook outlook, double probability, double bar) {
        Duration quiet = Duration.between(outlook.history().last().orElse(at), at);
        return String.format(
                Locale.ROOT,
                "%s at %s: in hours like this, after %d quiet minutes, one came within %d minutes in %.1f %% of the"
                        + " cases; staying warm pays from %.1f %%",
                what,
                at,
                quiet.toMinutes(),
                outlook.terms().suspend().toMinutes(),
                100 * probability,
                100 * bar);
    }
}
