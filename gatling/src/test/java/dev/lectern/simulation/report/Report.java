package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Judges a run by its records, and writes what was measured: a page of Markdown, one of HTML, and their charts.
public final class Report {

    private static final int BROKEN = 1;
    private static final int UNREADABLE = 70;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final int FIRST_SECONDS = 60;

    private final Run run;
    private final Optional<Foreseen> foreseen;
    private final String title;
    private final String simulation = System.getProperty("simulation");
    private final int targetMs = Integer.getInteger("p95", 200);
    private final List<Bar> bars;
    private final Document page = new Document();

    private Report(Run run, Optional<Foreseen> foreseen) {
        this.run = run;
        this.foreseen = foreseen;
        this.title = System.getProperty("title");
        Duration roundTrip = Duration.parse(System.getProperty("roundTrip"));
        this.bars = Bars.of(run, simulation, roundTrip, targetMs, Integer.getInteger("connections", 0));
    }

    /// @param args the folder of the records, and the one of reports
    public static void main(String[] args) throws IOException {
        Run run;
        Optional<Foreseen> foreseen;
        try {
            run = Run.read(Path.of(args[0]));
            foreseen = Foreseen.read(Path.of(args[0]));
        } catch (IOException e) {
            System.err.println("There is nothing to report: " + e.getMessage());
            System.exit(UNREADABLE);
            return;
        }
        Report report = new Report(run, foreseen);
        report.write(Path.of(args[1]));
        System.exit(report.verdict() ? 0 : BROKEN);
    }

    /// Prints what is broken, and tells whether nothing is.
    private boolean verdict() {
        List<Bar> broken = bars.stream().filter(bar -> !bar.held()).toList();
        for (Bar bar : broken) {
            System.err.println("BROKEN: " + title + ": " + bar.breach());
        }
        System.out.printf("%s: %d of %d promises held.%n", title, bars.size() - broken.size(), bars.size());
        return broken.isEmpty();
    }

    private void write(Path folder) throws IOException {
        String svg = Charts.svg(run, targetMs);
        page.heading(1, "Simulation " + title).paragraph(summary()).heading(2, "Promises");
        page.table(
                List.of("promise", "allowed", "measured", "held"),
                bars.stream()
                        .map(bar -> List.of(bar.name(), bar.allowed(), bar.found(), bar.held() ? "yes" : "NO"))
                        .toList());
        page.heading(2, "Over time").picture(title + ".svg", svg);
        page.heading(2, "Requests, in ms").table(ROUTE_HEAD, routes());
        switch (simulation) {
            case "overload" -> page.heading(2, "Stages").table(STAGE_HEAD, stages());
            case "soak" -> page.heading(2, "Begin and end").table(SOAK_HEAD, soak());
            case "cold-start" -> page.heading(2, "The first seconds").table(SECOND_HEAD, firstSeconds());
            default -> {}
        }
        foreseen.ifPresent(pool -> page.heading(2, "The pool as a queue")
                .paragraph(pool.text())
                .table(Foreseen.HEAD, pool.rows()));
        page.heading(2, "Where").paragraph(where());
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(title + ".svg"), svg);
        Files.writeString(folder.resolve(title + ".md"), page.markdown());
        Files.writeString(folder.resolve(title + ".html"), page.html("Simulation " + title));
        foreseen.ifPresent(pool -> System.out.println(pool.line()));
        System.out.println("Report: " + folder.resolve(title + ".html"));
    }

    private String summary() {
        long broken = bars.stream().filter(bar -> !bar.held()).count();
        String users = simulation.equals("overload") ? "" : System.getProperty("users") + " readers, ";
        return "%s%d s, %,d requests, a round trip of %d ms to the database. %s"
                .formatted(
                        users,
                        Math.round(run.length() / 1e3),
                        run.requests().size(),
                        Duration.parse(System.getProperty("roundTrip")).toMillis(),
                        broken == 0
                                ? "All promises are held."
                                : broken + " of " + bars.size() + " promises are BROKEN.");
    }

    private static final List<String> ROUTE_HEAD =
            List.of("request", "count", "served", "not stored", "refused", "broken", "p50", "p95", "p99", "longest");

    private List<List<String>> routes() {
        Map<String, List<Request>> routes = run.requests().stream()
                .collect(Collectors.groupingBy(Request::name, TreeMap::new, Collectors.toList()));
        return routes.entrySet().stream()
                .map(route -> {
                    Times times = Times.of(route.getValue());
                    return List.of(
                            route.getKey(),
                            count(times.count()),
                            count(outcomes(route.getValue(), Outcome.OK)),
                            count(outcomes(route.getValue(), Outcome.DEGRADED)),
                            count(outcomes(route.getValue(), Outcome.REFUSED)),
                            count(route.getValue().stream()
                                    .filter(request -> request.outcome().broken())
                                    .count()),
                            count(times.percentile(0.5)),
                            count(times.percentile(0.95)),
                            count(times.percentile(0.99)),
                            count(times.longest()));
                })
                .toList();
    }

    private static final List<String> STAGE_HEAD =
            List.of("stage", "asked/s", "served/s", "served p50", "p99", "refused p50", "p99");

    private List<List<String>> stages() {
        List<Run.Event> stages = run.all("stage");
        return IntStream.range(0, stages.size() - 1)
                .mapToObj(i -> Stage.of(run, stages.get(i), stages.get(i + 1)))
                .map(stage -> List.of(
                        stage.name(),
                        decimal(stage.offered()),
                        decimal(stage.goodput()),
                        count(stage.served().percentile(0.5)),
                        count(stage.served().percentile(0.99)),
                        count(stage.refused().percentile(0.5)),
                        count(stage.refused().percentile(0.99))))
                .toList();
    }

    private static final List<String> SOAK_HEAD =
            List.of("when", "resident MB", "heap in use after a collection, MB", "threads", "connections", "p95 ms");

    private List<List<String>> soak() {
        return List.of(soak("begin, warm", Soak.atBegin(run)), soak("end", Soak.atEnd(run)));
    }

    private static List<String> soak(String when, Soak soak) {
        return List.of(
                when,
                count(soak.residentMb()),
                count(soak.heapMb()),
                count(soak.threads()),
                count(soak.connections()),
                count(soak.p95Ms()));
    }

    private static final List<String> SECOND_HEAD =
            List.of("second", "requests", "not served", "p50", "p95", "longest");

    private List<List<String>> firstSeconds() {
        return IntStream.range(0, Math.min(FIRST_SECONDS, run.seconds()))
                .mapToObj(second -> {
                    List<Request> requests = run.where(request -> !request.asks() && request.ended() / 1_000 == second);
                    Times times = Times.of(requests);
                    return List.of(
                            count(second),
                            count(times.count()),
                            count(times.count() - outcomes(requests, Outcome.OK)),
                            count(times.percentile(0.5)),
                            count(times.percentile(0.95)),
                            count(times.longest()));
                })
                .toList();
    }

    private String where() {
        Sample first = run.samples().getFirst();
        Sample last = run.samples().getLast();
        double cpu = (last.at() - first.at()) * (double) PROCESSORS / 100;
        return ("Application, database, stub of a language model and Gatling on one machine of %d processors, "
                        + "JDK %s. Of the processors' time Gatling took %.0f %%, the application %.0f %%, all "
                        + "that ran on the machine %.0f %%. Of the machine's memory the application had %d MB when "
                        + "it was ready, and %d MB at the end.")
                .formatted(
                        PROCESSORS,
                        Runtime.version().feature(),
                        (last.clientCpuMs() - first.clientCpuMs()) / cpu,
                        (last.serverCpuMs() - first.serverCpuMs()) / cpu,
                        run.samples().stream()
                                .mapToInt(Sample::machineBusy)
                                .average()
                                .orElseThrow(),
                        run.residentAtFirst(),
                        last.residentMb());
    }

    private static long outcomes(Collection<Request> requests, Outcome outcome) {
        return requests.stream().filter(request -> request.outcome() == outcome).count();
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String decimal(double number) {
        return String.format(Locale.ROOT, "%,.1f", number);
    }
}
