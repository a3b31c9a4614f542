package dev.lectern.neon.warmup;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// What warmth costs, and what it is worth.
///
/// @param suspend how long after its last activity the compute is suspended
/// @param margin how long before the suspension a statement still keeps it awake for certain
/// @param cu the size of the compute while it is awake
/// @param price of a CU-hour, in USD
/// @param coldWorth what it is worth that one request does not wait for a wake, in USD
/// @param budget the CU-hours that warm-up may add in a calendar month (UTC); empty where it is not limited
public record WarmupTerms(
        Duration suspend, Duration margin, double cu, double price, double coldWorth, OptionalDouble budget) {

    /// Neon's defaults, the price of its [Launch plan](https://neon.com/pricing), and three cents: an hour and a bit of
    /// the smallest compute for a request that does not wait.
    public static final WarmupTerms DEFAULT =
            new WarmupTerms(Duration.ofMinutes(5), Duration.ofSeconds(5), 0.25, 0.106, 0.03, OptionalDouble.empty());

    private static final String NEITHER = "must be a number of CU-hours, or of USD as in 2usd";

    public WarmupTerms {
        if (suspend.compareTo(margin) <= 0 || margin.isNegative()) {
            throw new IllegalArgumentException("suspend must be longer than the margin of " + margin);
        }
        if (!(cu > 0) || !(price >= 0) || !(coldWorth > 0) || budget.orElse(0) < 0) {
            throw new IllegalArgumentException("cu and coldWorth must be positive, price and budget not negative");
        }
    }

    /// CU-hours, as people write them.
    ///
    /// @param text a number of CU-hours, or of USD as in `2usd`
    /// @param price of a CU-hour in USD
    /// @throws IllegalArgumentException where it is neither, or less than nothing; the message says so
    public static double cuHours(String text, double price) {
        String lower = text.toLowerCase(Locale.ROOT).strip();
        boolean money = lower.endsWith("usd");
        if (money && price == 0) {
            throw new IllegalArgumentException("a budget in USD needs a price");
        }
        try {
            double number = Double.parseDouble(money ? lower.substring(0, lower.length() - 3) : lower);
            if (number >= 0 && number < Double.POSITIVE_INFINITY) {
                return money ? number / price : number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(NEITHER, e);
        }
        throw new IllegalArgumentException(NEITHER);
    }

    /// The same for a compute with another suspend timeout and size. The margin is five seconds, or a quarter of a
    /// shorter suspend timeout.
    public WarmupTerms on(Duration otherSuspend, double otherCu) {
        Duration quarter = otherSuspend.dividedBy(4);
        Duration usual = DEFAULT.margin;
        return new WarmupTerms(
                otherSuspend, quarter.compareTo(usual) < 0 ? quarter : usual, otherCu, price, coldWorth, budget);
    }

    /// The same with another worth of a cold request.
    public WarmupTerms withColdWorth(double usd) {
        return new WarmupTerms(suspend, margin, cu, price, usd, budget);
    }

    /// The same with a budget.
    public WarmupTerms withBudget(double cuHours) {
        return new WarmupTerms(suspend, margin, cu, price, coldWorth, OptionalDouble.of(cuHours));
    }

    /// The probability of a hit at which a statement that buys one more suspend timeout is worth its cost.
    public double breakEven() {
        return cuHours(suspend) * price / coldWorth;
    }

    /// What a time awake takes.
    public double cuHours(Duration awake) {
        return cu * awake.toMillis() / Duration.ofHours(1).toMillis();
    }
}
