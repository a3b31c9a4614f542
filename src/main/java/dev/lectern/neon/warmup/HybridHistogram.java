package dev.lectern.neon.warmup;

import java.time.Duration;
import java.time.Instant;

/// The policy of [Serverless in the Wild](https://www.usenix.org/conference/atc20/presentation/shahrad) (Shahrad et
/// al., USENIX ATC 2020, section 4.2): from the histogram of idle times, let go at once, wake before the 5th
/// percentile, keep until the 99th, each with a tenth of safety.
///
/// Where the histogram tells too little (few idle times, most of them beyond its four hours, or bins that are all much
/// alike), it keeps for as long as the histogram is wide. The paper's ARIMA forecast, for applications whose idle times
/// are mostly beyond the histogram, is not part of it.
public record HybridHistogram() implements WarmupPolicy {

    private static final double HEAD = 0.05;
    private static final double TAIL = 0.99;
    private static final double SAFETY = 0.1;

    /// The paper's threshold for the coefficient of variation of the bins' counts.
    private static final double REPRESENTATIVE = 2;

    private static final int FEW = 10;

    @Override
    public String name() {
        return "hybrid histogram";
    }

    @Override
    public Wish wish(Instant from, Outlook outlook) {
        ArrivalHistory history = outlook.history();
        if (history.last().isEmpty()) {
            return Wish.none("nobody came yet");
        }
        Instant last = history.last().get();
        IdleHistogram idle = history.idleTimes();
        boolean told =
                idle.counted() >= FEW && idle.beyond() <= idle.counted() / 2 && idle.variation() > REPRESENTATIVE;
        Duration wake = told ? scaled(idle.percentile(HEAD).minusMinutes(1), 1 - SAFETY) : Duration.ZERO;
        Duration keep = told ? scaled(idle.percentile(TAIL), 1 + SAFETY) : IdleHistogram.RANGE;
        Instant until = last.plus(keep);
        if (!from.isBefore(until)) {
            return Wish.none("nearly all idle times that are known are over");
        }
        Instant start = last.plus(wake);
        return Wish.warm(
                start.isAfter(from) ? start : from, () -> "readers come again within " + keep.toMinutes() + " minutes");
    }

    private static Duration scaled(Duration duration, double factor) {
        return Duration.ofMillis(Math.round(duration.toMillis() * factor));
    }
}
