package dev.lectern.simulation.report;

import java.util.Locale;

/// A promise, and what was measured of it.
///
/// @param least whether the measured value must not be less than the limit; else it must not be more
record Bar(String name, double measured, double limit, String unit, boolean least) {

    static Bar atMost(String name, double measured, double limit, String unit) {
        return new Bar(name, measured, limit, unit, false);
    }

    static Bar atLeast(String name, double measured, double limit, String unit) {
        return new Bar(name, measured, limit, unit, true);
    }

    boolean held() {
        return least ? measured >= limit : measured <= limit;
    }

    String allowed() {
        return (least ? "at least " : "at most ") + amount(limit);
    }

    String found() {
        return amount(measured);
    }

    /// Which promise is broken, and by how much.
    String breach() {
        double by = Math.abs(measured - limit);
        String relative = limit == 0 ? "" : String.format(Locale.ROOT, " (%.0f %%)", 100 * by / limit);
        return "%s: %s, %s allowed: %s%s too %s."
                .formatted(name, found(), allowed(), amount(by), relative, least ? "little" : "much");
    }

    private String amount(double value) {
        String number = value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
        return (number + " " + unit).strip();
    }
}
