package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;

/// A request of the run; times are milliseconds since its begin.
///
/// @param status 0 where there was no answer
/// @param millis until the answer was whole
/// @param backendMs of these what is not the language model's; -1 where that is not said
record Request(long began, String name, int status, int millis, Outcome outcome, int backendMs) {

    static Request parse(String line, long begin) {
        String[] values = line.split(",");
        return new Request(
                Long.parseLong(values[0]) - begin,
                values[1],
                Integer.parseInt(values[2]),
                Integer.parseInt(values[3]),
                Outcome.valueOf(values[4]),
                Integer.parseInt(values[5]));
    }

    long ended() {
        return began + millis;
    }

    /// Whether a language model talks while the reader waits.
    boolean asks() {
        return name.startsWith("ask");
    }
}
