package dev.lectern.neon.admission;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/// Replays all scenarios, and writes what came of them: a page with tables, and a picture of each.
final class SimulationReport {

    private static final String INTRODUCTION = """
            # Admission, simulated

            `bin/simulate` wrote this page and its pictures; a test compares them with what the code does. The real
            `PermitQueue` decides, in virtual time, before a model of a database; beside it a fair semaphore with a
            timeout, which Lectern had before, meets the same requests.

            The model: an average statement takes 5 ms alone, a single one more or less (Erlang's distribution of order
            three). Eight run at full speed side by side, 48 in the scenario `slots`; more of them share what there is,
            and twice as many lose a tenth of the throughput. There are 16 permits (97 in `slots`). Requests come by
            chance; of 100, 60 are reads, 20 writes, 15 completions and 5 background work, with deadlines of 2, 2, 5 and
            30 seconds. Nobody asks again who was refused, and a statement ends at its deadline at the latest.

            What the columns say:

            - **goodput**: answers in time, as a share of the most that the database could give in the part that is
              examined (grey in the pictures), or of what came where that is less;
            - **p50, p95, p99**: from coming to the answer, of those who were served;
            - **refused**: the share of what came that never had a permit; **refusal p99**: how long these had waited to
              be told;
            - **too late**: the share whose deadline passed while it had a permit: work for nothing;
            - **normal after**: from the end of what happens until, for a second, everybody is served, within twice the
              p99 of before; a dash where that was not seen.
            """;

    private static final Path FOLDER = Path.of("docs", "simulation");

    /// One scenario, both ways.
    record Comparison(Scenario scenario, Measured lectern, Measured semaphore) {

        static Comparison of(Scenario scenario) {
            return new Comparison(
                    scenario, Replay.run(scenario, LecternEntrance::new), Replay.run(scenario, SemaphoreEntrance::new));
        }
    }

    private SimulationReport() {}

    /// Writes the report below the working directory: `bin/simulate`.
    public static void main(String[] arguments) throws IOException {
        Files.createDirectories(FOLDER);
        for (Map.Entry<String, String> file :
                files(Scenario.all().stream().map(Comparison::of).toList()).entrySet()) {
            Files.writeString(FOLDER.resolve(file.getKey()), file.getValue());
        }
    }

    /// The report's files by name.
    static Map<String, String> files(List<Comparison> comparisons) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("README.md", page(comparisons));
        for (Comparison each : comparisons) {
            files.put(each.scenario().name() + ".svg", Chart.of(each.lectern(), each.semaphore()));
        }
        return files;
    }

    private static String page(List<Comparison> comparisons) {
        StringBuilder page = new StringBuilder(INTRODUCTION);
        page.append("""

                ## All that came

                | scenario | | goodput | p50 | p95 | p99 | refused | refusal p99 | too late | normal after |
                |---|---|---|---|---|---|---|---|---|---|
                """);
        for (Comparison each : comparisons) {
            page.append(row(
                    "[" + each.scenario().name() + "](#" + each.scenario().name() + ")", "Lectern", each.lectern()));
            page.append(row("", "semaphore", each.semaphore()));
        }
        for (Comparison each : comparisons) {
            page.append("\n## ").append(each.scenario().name()).append("\n\n");
            page.append(each.scenario().title()).append(".\n\n");
            page.append("![").append(each.scenario().title()).append("](");
            page.append(each.scenario().name()).append(".svg)\n\n");
            page.append("| criticality | | came | served | p50 | p99 | p99 before |\n|---|---|---|---|---|---|---|\n");
            for (Criticality criticality : Criticality.values()) {
                if (each.lectern().requests().stream().anyMatch(request -> request.criticality == criticality)) {
                    page.append(row(criticality, "Lectern", each.lectern()));
                    page.append(row(criticality, "semaphore", each.semaphore()));
                }
            }
        }
        return page.toString();
    }

    private static String row(String scenario, String way, Measured measured) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n",
                scenario,
                way,
                percent(measured.goodput()),
                milliseconds(measured.latency(0.5)),
                milliseconds(measured.latency(0.95)),
                milliseconds(measured.latency(0.99)),
                percent(measured.share(Request.Fate.REFUSED, each -> true)),
                said(measured.refusal(0.99), "ms"),
                percent(measured.share(Request.Fate.FAILED, each -> true)),
                said(measured.recovery(), "s"));
    }

    private static String row(Criticality criticality, String way, Measured measured) {
        Predicate<Request> which = request -> request.criticality == criticality;
        return String.format(
                Locale.ROOT,
                "| %s | %s | %,d | %s | %s | %s | %s |\n",
                criticality.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                way,
                measured.came(which),
                percent(measured.share(Request.Fate.SERVED, which)),
                milliseconds(measured.latency(0.5, which)),
                milliseconds(measured.latency(0.99, which)),
                milliseconds(measured.usualLatency(0.99, which)));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    private static String milliseconds(double value) {
        return String.format(Locale.ROOT, "%,.0f ms", value);
    }

    private static String said(OptionalDouble value, String unit) {
        if (value.isEmpty()) {
            return "–";
        }
        return String.format(Locale.ROOT, "%,.1f %s", value.getAsDouble(), unit);
    }
}
