package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;
import dev.lectern.simulation.report.Run.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What is promised of a run, by its simulation.
final class Bars {

    /// Of fewer requests the 95th percentile is the word of a handful.
    private static final int ENOUGH = 100;

    /// What a request may wait for the database, as config.yml says.
    private static final int DEADLINE_MS = 2_500;

    private static final Set<String> IN_MEMORY =
            Set.of("new reader", "books", "table of contents", "chapter", "search");
    private static final Duration FAR = Duration.ofMillis(20);
    private static final Duration SOAKED = Duration.ofMinutes(10);

    private final List<Bar> bars = new ArrayList<>();
    private final Run run;
    private final int targetMs;

    private Bars(Run run, int targetMs) {
        this.run = run;
        this.targetMs = targetMs;
    }

    /// @param targetMs what the 95th percentile of requests without a language model may be
    /// @param connections how many the server may have; 0 for as many as the pool may have
    static List<Bar> of(Run run, String simulation, Duration roundTrip, int targetMs, int connections) {
        Bars bars = new Bars(run, targetMs);
        bars.answers();
        bars.connections(connections);
        boolean far = simulation.equals("steady") && roundTrip.compareTo(FAR) >= 0;
        switch (simulation) {
            case "overload" -> bars.overload();
            case "cold-start" -> bars.coldStart();
            case "outage" -> bars.outage();
            default -> bars.latencies(all -> true, far ? Math.toIntExact(roundTrip.toMillis() * 3 / 2 + 10) : targetMs);
        }
        switch (simulation) {
            case "steady", "peak" -> bars.refused(0);
            case "soak" -> bars.soak();
            case "spike" -> bars.spike();
            case "suspend-under-load" -> bars.suspensions();
            default -> {}
        }
        return bars.bars;
    }

    private void answers() {
        Map<String, Long> broken = run.requests().stream()
                .filter(request -> request.outcome().broken())
                .collect(Collectors.groupingBy(Bars::what, TreeMap::new, Collectors.counting()));
        bars.add(Bar.atMost("answers that nobody should get", 0, 0, ""));
        broken.forEach((what, count) -> bars.add(Bar.atMost(what, count, 0, "")));
        if (!broken.isEmpty()) {
            bars.removeFirst();
        }
    }

    private static String what(Request request) {
        return switch (request.outcome()) {
            case LOST -> "no answer to " + request.name();
            case MALFORMED -> request.status() + " without Retry-After from " + request.name();
            default -> "status " + request.status() + " from " + request.name();
        };
    }

    private void connections(int most) {
        int pool = run.samples().stream().mapToInt(Sample::maximum).max().orElseThrow();
        int measured =
                run.samples().stream().mapToInt(Sample::mostBackends).max().orElseThrow();
        bars.add(Bar.atMost("connections at the server at once", measured, most == 0 ? pool : most, ""));
    }

    private void latencies(Predicate<Request> which, int routeMs) {
        List<Request> quick = run.where(which.and(request -> !request.asks()));
        bars.add(p95("requests without a language model", quick, targetMs));
        Map<String, List<Request>> routes =
                quick.stream().collect(Collectors.groupingBy(Request::name, TreeMap::new, Collectors.toList()));
        routes.forEach((name, requests) -> {
            if (requests.size() >= ENOUGH) {
                bars.add(p95(name, requests, routeMs));
            }
        });
        List<Request> asks = run.where(which.and(request -> request.backendMs() >= 0));
        bars.add(Bar.atMost(
                "p95 of asking, less the language model",
                Times.of(asks, Request::backendMs).percentile(0.95),
                targetMs,
                "ms"));
    }

    private static Bar p95(String what, Collection<Request> requests, int most) {
        return Bar.atMost("p95 of " + what, Times.of(requests).percentile(0.95), most, "ms");
    }

    private void refused(double mostPercent) {
        double refused =
                run.where(request -> request.outcome() == Outcome.REFUSED).size();
        bars.add(Bar.atMost("refused", 100 * refused / run.requests().size(), mostPercent, "%"));
    }

    private void spike() {
        refused(1);
        bars.add(Bar.atMost("normal again after the spike", normalAgain(run.at("spike over")), 2_000, "ms"));
    }

    private void coldStart() {
        refused(5);
        bars.add(Bar.atMost("all are served after", lastNotServed(0, run.length()), 5_000, "ms"));
        long warm = run.length() / 2;
        Times cold = Times.of(run.where(request -> !request.asks() && request.began() < warm));
        bars.add(Bar.atMost("longest of the first half, without a language model", cold.longest(), 5_000, "ms"));
        List<Request> quick = run.where(request -> !request.asks());
        bars.add(p95("requests without a language model, from the first second", quick, targetMs));
        latencies(request -> request.began() >= warm, targetMs);
    }

    /// While the database is away, what needs it waits as long as its deadline allows; what does not must not notice.
    private void outage() {
        long begin = run.at("outage");
        long end = run.at("outage over");
        long servedAgain = lastNotServed(end, run.length());
        List<Request> meanwhile = run.where(request -> request.ended() >= begin && request.began() < end);
        List<Request> asks = meanwhile.stream().filter(Request::asks).toList();
        long answered = asks.stream()
                .filter(ask -> ask.outcome() == Outcome.OK || ask.outcome() == Outcome.DEGRADED)
                .count();
        bars.add(Bar.atLeast("asks while the database is away", asks.size(), 1, ""));
        bars.add(Bar.atLeast("of these answered", answered, asks.size(), ""));
        bars.add(p95(
                "what needs no database, while it is away",
                meanwhile.stream().filter(Bars::inMemory).toList(),
                targetMs));
        List<Request> others =
                meanwhile.stream().filter(request -> !request.asks()).toList();
        bars.add(Bar.atMost(
                "longest while the database is away, without a language model",
                Times.of(others).longest(),
                DEADLINE_MS + 100,
                "ms"));
        long refused = meanwhile.stream()
                .filter(request -> request.outcome() == Outcome.REFUSED)
                .count();
        bars.add(Bar.atLeast("refused while the database is away", refused, 1, ""));
        bars.add(Bar.atMost("refused before", refusedBefore(begin), 0, ""));
        bars.add(Bar.atMost("all are served again after", servedAgain - end, 30_000, "ms"));
        latencies(request -> request.ended() < begin || request.began() > servedAgain, targetMs);
    }

    private static boolean inMemory(Request request) {
        return IN_MEMORY.contains(request.name());
    }

    private double refusedBefore(long time) {
        return run.where(request -> request.outcome() == Outcome.REFUSED && request.ended() < time)
                .size();
    }

    /// Whoever comes while the compute wakes waits for that, as long as a deadline allows.
    private void suspensions() {
        refused(1);
        Times quick = Times.of(run.where(request -> !request.asks()));
        bars.add(Bar.atMost("longest without a language model", quick.longest(), DEADLINE_MS + 100, "ms"));
        List<Event> suspensions = run.all("suspend");
        long slowest = 0;
        for (int i = 0; i < suspensions.size(); i++) {
            long from = suspensions.get(i).at();
            long to = i + 1 < suspensions.size() ? suspensions.get(i + 1).at() : run.length();
            slowest = Math.max(slowest, lastNotServed(from, to) - from);
        }
        bars.add(Bar.atLeast("suspensions", suspensions.size(), 1, ""));
        bars.add(Bar.atMost("all are served again after a suspension, at the latest", slowest, 2_000, "ms"));
    }

    private void overload() {
        List<Event> stages = run.all("stage");
        double peak = 0;
        for (int i = 0; i + 1 < stages.size(); i++) {
            peak = Math.max(
                    peak, Stage.of(run, stages.get(i), stages.get(i + 1)).goodput());
        }
        for (int i = 0; i + 1 < stages.size(); i++) {
            Stage stage = Stage.of(run, stages.get(i), stages.get(i + 1));
            switch (stage.name()) {
                case "stage 5x" -> bars.add(goodput(stage, peak, 90));
                case "stage 20x" -> bars.add(goodput(stage, peak, 80));
                default -> {}
            }
        }
        long calm = run.at("stage over");
        long warm = stages.getFirst().at();
        bars.add(Bar.atMost("p99 of refusals", refusals(warm).percentile(0.99), 10, "ms"));
        bars.add(Bar.atLeast("refusals at 20x", refusals(run.at("stage 20x")).count(), 1, ""));
        bars.add(p95("chapters meanwhile", run.where(request -> request.name().equals("chapter")), targetMs));
        bars.add(Bar.atMost("normal again after the flood", normalAgain(calm), 2_000, "ms"));
    }

    private static Bar goodput(Stage stage, double peak, int least) {
        String name = "goodput at " + stage.name().substring("stage ".length()) + " of its peak";
        return Bar.atLeast(name, peak == 0 ? 0 : 100 * stage.goodput() / peak, least, "%");
    }

    private Times refusals(long from) {
        return Times.of(run.where(request -> request.outcome() == Outcome.REFUSED && request.began() >= from));
    }

    private void soak() {
        refused(0);
        if (run.length() < SOAKED.toMillis()) {
            return; // the JVM is still warming up
        }
        Soak begin = Soak.atBegin(run);
        Soak end = Soak.atEnd(run);
        bars.add(Bar.atMost("resident memory at the end", end.residentMb(), 1.1 * begin.residentMb(), "MB"));
        bars.add(Bar.atMost("heap in use at the end", end.heapMb(), 1.1 * begin.heapMb() + 5, "MB"));
        bars.add(Bar.atMost("threads at the end", end.threads(), begin.threads() + 5, ""));
        bars.add(Bar.atMost("connections at the end", end.connections(), begin.connections() + 2, ""));
        bars.add(Bar.atMost("p95 at the end", end.p95Ms(), 1.25 * begin.p95Ms() + 5, "ms"));
    }

    /// When the last answer came that was not as asked for; `from` where there was none.
    private long lastNotServed(long from, long to) {
        return run.requests().stream()
                .filter(request -> request.outcome() != Outcome.OK)
                .mapToLong(Request::ended)
                .filter(ended -> ended >= from && ended < to)
                .max()
                .orElse(from);
    }

    /// How long after this moment the last answer came that was not as asked for, or the last second ended in which the
    /// 95th percentile was above the target.
    private long normalAgain(long after) {
        Map<Long, List<Request>> seconds = run.requests().stream()
                .filter(request -> !request.asks() && request.ended() >= after)
                .collect(Collectors.groupingBy(request -> (request.ended() - after) / 1_000));
        long slow = seconds.entrySet().stream()
                .filter(second -> Times.of(second.getValue()).percentile(0.95) > targetMs)
                .mapToLong(second -> (second.getKey() + 1) * 1_000)
                .max()
                .orElse(0);
        return Math.max(slow, lastNotServed(after, run.length()) - after);
    }
}
