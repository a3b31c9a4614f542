package dev.lectern.neon.admission;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What came of a replay.
///
/// @param scenario that was replayed
/// @param requests in the order of their coming
/// @param sights of the entrance, ten a second
record Measured(Scenario scenario, List<Request> requests, List<Replay.Sight> sights) {

    /// A tenth of a second of it: what came in it, and what became of that; latencies in milliseconds.
    record Slice(int served, int lost, double median, double p99) {}

    static final double WIDTH = 0.1;

    /// Of what could be served at most in the part that is examined, the share that was.
    double goodput() {
        long served = requests.stream()
                .filter(each -> each.fate == Request.Fate.SERVED)
                .filter(each -> each.ended >= scenario.from() * 1e9 && each.ended < scenario.until() * 1e9)
                .count();
        return (double) served / Math.min((double) examined().count(), scenario.servable());
    }

    /// How long those who were served had waited for it, in milliseconds, at a percentile.
    double latency(double percentile, Predicate<Request> which) {
        return percentile(
                examined()
                        .filter(which)
                        .filter(each -> each.fate == Request.Fate.SERVED)
                        .mapToDouble(Request::milliseconds),
                percentile);
    }

    double latency(double percentile) {
        return latency(percentile, each -> true);
    }

    /// The same before anything happened.
    double usualLatency(double percentile, Predicate<Request> which) {
        return percentile(
                requests.stream()
                        .filter(which)
                        .filter(each -> each.arrival < scenario.from() * 1e9)
                        .filter(each -> each.fate == Request.Fate.SERVED)
                        .mapToDouble(Request::milliseconds),
                percentile);
    }

    /// How long those who were refused had waited for that, in milliseconds, at a percentile.
    OptionalDouble refusal(double percentile) {
        double[] waits = examined()
                .filter(each -> each.fate == Request.Fate.REFUSED)
                .mapToDouble(Request::milliseconds)
                .sorted()
                .toArray();
        return waits.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(percentile(waits, percentile));
    }

    /// How many came.
    long came(Predicate<Request> which) {
        return examined().filter(which).count();
    }

    /// The share of what came that ended so.
    double share(Request.Fate fate, Predicate<Request> which) {
        long all = examined().filter(which).count();
        long so = examined().filter(which).filter(each -> each.fate == fate).count();
        return all == 0 ? 0 : (double) so / all;
    }

    /// After how many seconds everything was as before: for one second all that came were served, nearly all of them
    /// within twice what nearly all had needed.
    OptionalDouble recovery() {
        double usual = usualLatency(0.99, each -> true);
        List<Slice> slices = slices();
        int calm = 0;
        for (int i = (int) Math.round(scenario.until() / WIDTH); i < slices.size(); i++) {
            Slice slice = slices.get(i);
            calm = slice.lost() == 0 && slice.p99() <= 2 * usual ? calm + 1 : 0;
            if (calm == 10) {
                return OptionalDouble.of(Math.max(0, (i - 9) * WIDTH - scenario.until()));
            }
        }
        return OptionalDouble.empty();
    }

    /// The tenths of a second, by when requests came.
    List<Slice> slices() {
        int count = (int) Math.round(scenario.seconds() / WIDTH);
        DoubleStream.Builder[] latencies = new DoubleStream.Builder[count];
        int[] lost = new int[count];
        Arrays.setAll(latencies, i -> DoubleStream.builder());
        for (Request request : requests) {
            int slice = Math.min(count - 1, (int) (request.arrival / (WIDTH * 1e9)));
            if (request.fate == Request.Fate.SERVED) {
                latencies[slice].add(request.milliseconds());
            } else {
                lost[slice]++;
            }
        }
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    double[] sorted = latencies[i].build().sorted().toArray();
                    return new Slice(sorted.length, lost[i], percentile(sorted, 0.5), percentile(sorted, 0.99));
                })
                .toList();
    }

    private Stream<Request> examined() {
        return requests.stream()
                .filter(each -> each.arrival >= scenario.from() * 1e9 && each.arrival < scenario.until() * 1e9);
    }

    private static double percentile(DoubleStream values, double percentile) {
        return percentile(values.sorted().toArray(), percentile);
    }

    private static double percentile(double[] sorted, double percentile) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, percentile * sorted.length)];
    }
}
