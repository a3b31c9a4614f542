package dev.lectern.observation;

import com.sun.management.OperatingSystemMXBean;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TemporaryFolder;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The program: by how much the throughput of a read route falls while five consoles are open and Prometheus scrapes
/// every second. Periods with and without alternate in one run, and each pair has a ratio.
///
/// `bin/observation-cost [PAIRS]` runs it.
public final class ObservationCost {

    /// As many as there are connections: nobody is refused.
    private static final int CALLERS = 16;
    private static final int MESSAGES = 20;
    private static final Duration WARM_UP = Duration.ofSeconds(40);
    private static final OperatingSystemMXBean MACHINE =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /// Until whoever has come or gone does what it does every second.
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private ObservationCost() {}

    public static void main(String[] arguments) throws Exception {
        int pairs = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 24;
        GatewaySettings sleepless = GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO);
        try (TemporaryFolder home = TemporaryFolder.create("observation");
                EmbeddedDatabase database = EmbeddedDatabase.start(
                        EmbeddedDatabaseSettings.in(home.path()).withGateway(sleepless));
                LecternServer lectern =
                        LecternServer.start(database.jdbcUrl(), Map.of()).withPoolsBook();
                LecternClient reader = lectern.reader()) {
            String conversation = reader.converse("pools");
            for (int i = 0; i < MESSAGES / 2; i++) {
                reader.ask(conversation, "What is a permit?");
            }
            String path = "/api/v1/conversations/" + conversation + "/messages";
            try (Callers callers = new Callers(lectern.url(), path, reader.token(), CALLERS)) {
                Thread.sleep(WARM_UP);
                System.out.printf(
                        "%d callers of GET %s (%d rows), %d pairs of %d s%n",
                        CALLERS, path.replace(conversation, "{id}"), MESSAGES, pairs, PERIOD.toSeconds());
                report(ratios(lectern, callers, pairs));
            }
            reportIdle(lectern);
        }
    }

    private static List<Double> ratios(LecternServer lectern, Callers callers, int pairs) throws Exception {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            boolean watchedFirst = i % 2 == 1;
            double first = watchedFirst ? watched(lectern, callers) : unwatched(callers);
            double second = watchedFirst ? unwatched(callers) : watched(lectern, callers);
            double unwatched = watchedFirst ? second : first;
            double watched = watchedFirst ? first : second;
            ratios.add(watched / unwatched);
            System.out.println(String.format(
                    Locale.ROOT,
                    "pair %d: %.0f/s unwatched, %.0f/s watched, ratio %.4f",
                    i + 1,
                    unwatched,
                    watched,
                    watched / unwatched));
        }
        return ratios;
    }

    private static double unwatched(Callers callers) throws InterruptedException {
        Thread.sleep(SETTLING);
        return callers.rate(PERIOD);
    }

    private static double watched(LecternServer lectern, Callers callers) throws Exception {
        try (Watchers watchers = new Watchers(lectern)) {
            Thread.sleep(SETTLING);
            long before = watchers.bytes();
            double rate = callers.rate(PERIOD);
            if (watchers.bytes() == before) {
                throw new IllegalStateException("the consoles saw nothing");
            }
            return rate;
        }
    }

    /// What this process takes of the processors, in milliseconds a second.
    private static double load() throws InterruptedException {
        Thread.sleep(SETTLING);
        long before = MACHINE.getProcessCpuTime();
        Thread.sleep(PERIOD);
        return (MACHINE.getProcessCpuTime() - before) / 1e6 / PERIOD.toSeconds();
    }

    private static void reportIdle(LecternServer lectern) throws Exception {
        double unwatched = load();
        try (Watchers _ = new Watchers(lectern)) {
            double watched = load();
            System.out.println(String.format(
                    Locale.ROOT,
                    "while nobody reads: %.1f ms of processor time a second unwatched, %.1f watched: of %d processors"
                            + " watching takes %.2f %%",
                    unwatched,
                    watched,
                    MACHINE.getAvailableProcessors(),
                    (watched - unwatched) / 10 / MACHINE.getAvailableProcessors()));
        }
    }

    private static void report(List<Double> ratios) {
        List<Double> sorted = new ArrayList<>(ratios);
        Collections.sort(sorted);
        int half = sorted.size() / 2;
        double median = (sorted.get(half) + sorted.get((sorted.size() - 1) / 2)) / 2;
        System.out.println(String.format(
                Locale.ROOT,
                "throughput while watched: median %.4f of that unwatched (%.4f to %.4f): it falls by %.2f %%",
                median,
                sorted.getFirst(),
                sorted.getLast(),
                100 * (1 - median)));
    }
}
