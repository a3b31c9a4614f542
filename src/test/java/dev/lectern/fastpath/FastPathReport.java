package dev.lectern.fastpath;

import dev.lectern.fastpath.Trials.Subject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What a run has shown, in Markdown.
///
/// @param seconds of a trial
/// @param loadAverage of the machine, before the run
record FastPathReport(int seconds, double loadAverage) {

    static FastPathReport begin(int seconds) {
        return new FastPathReport(
                seconds, ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String of(Trials trials) {
        StringBuilder text = new StringBuilder(head());
        for (Read read : Read.values()) {
            for (int connections : FastPath.CONNECTIONS) {
                text.append(rates(trials, read, connections));
            }
        }
        text.append(costHead());
        for (Read read : Read.values()) {
            for (int connections : FastPath.CONNECTIONS) {
                text.append(costs(trials, read, connections));
            }
        }
        text.append(variantHead());
        for (String variant : FastPath.VARIANTS.keySet()) {
            for (int connections : FastPath.CONNECTIONS) {
                text.append(variant(trials, new Subject(variant, Read.HISTORY, connections)));
            }
        }
        return text.toString();
    }

    /// What limits cost, in pairs.
    String limits(Trials trials) {
        int connections = FastPath.CONNECTIONS.getFirst();
        StringBuilder text =
                new StringBuilder("""
                The %s on %d connections, in %d pairs of %d s; costs are microseconds of processor time for one answer.

                | | connections | answers, 1/s | p99, ms | refused | queue | cost of Lectern | of PostgreSQL |
                |---|---|---|---|---|---|---|---|
                """.formatted(Read.HISTORY.text(), connections, FastPath.PAIRS, seconds));
        List<Subject> pair = FastPath.LIMITS.keySet().stream()
                .map(name -> new Subject(name, Read.HISTORY, connections))
                .toList();
        pair.forEach(subject -> text.append(variant(trials, subject)));
        double[] ratios = trials.ratios(pair.getLast(), pair.getFirst());
        Arrays.sort(ratios);
        return text.append(String.format(
                        Locale.ROOT,
                        "%nThroughput with limits, of that without: %.3f in the median of the pairs (%.3f to %.3f).%n",
                        ratios[ratios.length / 2],
                        ratios[0],
                        ratios[ratios.length - 1]))
                .toString();
    }

    private String head() {
        return """
                # The fast path

                Written by `bin/load compare`: how near a read over HTTP comes to what the database and HTTP allow. All
                in one run on one machine of %d processors, which load, servers and PostgreSQL share; figures are medians
                of %d rounds, in which the sides take turns of %d s. The load average of the machine just before was
                %.2f, the program's own start included.

                - **a**: `pgbench -M prepared` with the statement that the route sends, as it was seen on the wire, on
                  16 connections.
                - **b**: a Dropwizard application with the server's settings of `config.yml` and the same JVM, whose
                  route answers with the bytes that Lectern answered, as a constant.
                - **c**: Lectern as `bin/run` starts it, each request's line of the log and its metrics included, past
                  the gateway of the embedded database.
                - **d**: b, after the driver has done c's statement on a plain HikariCP pool of 16: no permit, no
                  deadline, no mapping, no reader, no line of a log.
                - **limit** = 1 ÷ (1 ÷ a + 1 ÷ b): each answer takes its share of the processors for the one and for
                  the other, and nothing else.

                The JVMs were warmed up at low concurrency, and then once on as many connections as below. *Queue* is the
                largest number of methods that had yet to be compiled when a trial of b, c or d began.

                | | connections | a, 1/s | b, 1/s | limit | c, 1/s | c ÷ limit | in each round | goal | d, 1/s | d ÷ limit | queue |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """.formatted(Runtime.getRuntime().availableProcessors(), FastPath.ROUNDS, seconds, loadAverage);
    }

    private static String rates(Trials trials, Read read, int connections) {
        Subject sideA = new Subject(FastPath.ALONE, read, 0);
        Subject sideB = new Subject(FastPath.CONSTANT, read, connections);
        Subject sideC = new Subject(FastPath.LECTERN, read, connections);
        Subject sideD = new Subject(FastPath.PLAIN, read, connections);
        Trial a = trials.median(sideA);
        Trial b = trials.median(sideB);
        Trial c = trials.median(sideC);
        Trial d = trials.median(sideD);
        double[] parts = trials.parts(sideA, sideB, sideC);
        Arrays.sort(parts);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %,.0f | %,.0f | %,.0f | **%.2f** | %.2f to %.2f | %.1f | %,.0f | %.2f | %d |%n",
                read.text(),
                connections,
                a.rate(),
                b.rate(),
                Trials.limit(a, b),
                c.rate(),
                Trials.part(a, b, c),
                parts[0],
                parts[parts.length - 1],
                read.goal(),
                d.rate(),
                Trials.part(a, b, d),
                Stream.of(sideB, sideC, sideD).mapToInt(trials::queue).max().orElseThrow());
    }

    private static String costHead() {
        return """

                ## What an answer costs

                In microseconds of processor time: of the server's process for b, c and d, of PostgreSQL for a, c and d.
                *Refused* are those of a hundred who were told to come again.

                | | connections | b | c | d | PostgreSQL for a | for c | for d | p99 of b, ms | of c | of d | refused by c |
                |---|---|---|---|---|---|---|---|---|---|---|---|
                """;
    }

    private static String costs(Trials trials, Read read, int connections) {
        Trial a = trials.median(new Subject(FastPath.ALONE, read, 0));
        Trial b = trials.median(new Subject(FastPath.CONSTANT, read, connections));
        Trial c = trials.median(new Subject(FastPath.LECTERN, read, connections));
        Trial d = trials.median(new Subject(FastPath.PLAIN, read, connections));
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %.1f | %.1f %% |%n",
                read.text(),
                connections,
                b.server(),
                c.server(),
                d.server(),
                a.postgres(),
                c.postgres(),
                d.postgres(),
                b.slowest(),
                c.slowest(),
                d.slowest(),
                c.refused());
    }

    private static String variantHead() {
        return """

                ## Threads and pools

                The %s, by Lectern with other threads and other pools, in the same run. Costs are microseconds of
                processor time for one answer.

                | | connections | answers, 1/s | p99, ms | refused | queue | cost of Lectern | of PostgreSQL |
                |---|---|---|---|---|---|---|---|
                """.formatted(Read.HISTORY.text());
    }

    private static String variant(Trials trials, Subject subject) {
        Trial median = trials.median(subject);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %,.0f | %.1f | %.1f %% | %d | %.0f | %.0f |%n",
                subject.side(),
                subject.connections(),
                median.rate(),
                median.slowest(),
                median.refused(),
                trials.queue(subject),
                median.server(),
                median.postgres());
    }
}
