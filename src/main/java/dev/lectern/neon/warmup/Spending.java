package dev.lectern.neon.warmup;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/// What warm-up has added in this calendar month (UTC), in CU-hours.
public final class Spending {

    private long start;
    private long end;
    private double cuHours;

    /// Nothing yet, in the month of a moment.
    public Spending(Instant now) {
        begin(now);
    }

    private void begin(Instant now) {
        YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        start = month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
        end = month.plusMonths(1)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /// What was spent in the month of a moment.
    public double spent(Instant now) {
        return now.toEpochMilli() >= end ? 0 : cuHours;
    }

    /// Adds what warmth cost, or takes back what a reader would have cost anyway.
    public void add(Instant now, double more) {
        if (now.toEpochMilli() >= end) {
            begin(now);
            cuHours = 0;
        }
        cuHours = Math.max(0, cuHours + more);
    }

    /// How much of the month is still to come at a moment, in hours.
    double hoursLeft(Instant now) {
        long at = now.toEpochMilli();
        return (at < end ? end - at : end - start) / 3_600_000.0;
    }

    /// When the next month begins.
    Instant nextMonth(Instant now) {
        return now.toEpochMilli() < end
                ? Instant.ofEpochMilli(end)
                : YearMonth.from(now.atOffset(ZoneOffset.UTC))
                        .plusMonths(1)
                        .atDay(1)
                        .atStartOfDay()
                        .toInstant(ZoneOffset.UTC);
    }
}
