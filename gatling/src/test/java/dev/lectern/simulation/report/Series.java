package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Values over the time of a run, one for each step of some seconds; NaN where there is none.
record Series(String name, double[] values) {

    private static final int MOST_STEPS = 240;

    /// How many seconds of this run are one step.
    static int stepSeconds(Run run) {
        return Math.max(1, (run.seconds() + MOST_STEPS - 1) / MOST_STEPS);
    }

    /// Requests that ended so, for each second.
    static Series rate(Run run, String name, Predicate<Outcome> which) {
        int step = stepSeconds(run);
        return new Series(
                name, by(run, request -> which.test(request.outcome()), requests -> (double) requests.size() / step));
    }

    static Series latency(Run run, String name, double percentile) {
        return new Series(
                name,
                by(
                        run,
                        request -> !request.asks(),
                        requests -> requests.isEmpty()
                                ? Double.NaN
                                : Times.of(requests).percentile(percentile)));
    }

    /// The most that was seen in each step; where nobody looked in one, since looks come late at times, what was seen
    /// last.
    static Series seen(Run run, String name, ToDoubleFunction<Sample> value) {
        long step = stepSeconds(run) * 1_000L;
        double[] values = new double[steps(run)];
        double last = Double.NaN;
        for (int i = 0; i < values.length; i++) {
            last = run.between(i * step, (i + 1) * step).stream()
                    .mapToDouble(value)
                    .max()
                    .orElse(last);
            values[i] = last;
        }
        return new Series(name, values);
    }

    double greatest() {
        return Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(0);
    }

    private static int steps(Run run) {
        return (run.seconds() + stepSeconds(run) - 1) / stepSeconds(run);
    }

    private static double[] by(Run run, Predicate<Request> which, Function<List<Request>, Double> value) {
        List<Stream.Builder<Request>> steps = IntStream.range(0, steps(run))
                .mapToObj(i -> Stream.<Request>builder())
                .toList();
        long step = stepSeconds(run) * 1_000L;
        for (Request request : run.requests()) {
            if (which.test(request)) {
                steps.get(Math.toIntExact(Math.min(steps.size() - 1, request.ended() / step)))
                        .add(request);
            }
        }
        return steps.stream()
                .mapToDouble(requests -> value.apply(requests.build().toList()))
                .toArray();
    }
}
