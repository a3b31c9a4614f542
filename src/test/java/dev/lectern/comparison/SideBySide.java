package dev.lectern.comparison;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lectern.comparison.Callers.Outcome;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/// The program: all contenders through all scenarios in one run, and a table of what became of the callers.
///
/// `bin/compare [FILE]` runs it and writes the table to a file, by default `docs/comparison.md`.
public final class SideBySide {

    private static final Map<String, Function<String, Contender>> CONTENDERS = contenders();

    private SideBySide() {}

    private static Map<String, Function<String, Contender>> contenders() {
        Map<String, Function<String, Contender>> all = new LinkedHashMap<>();
        all.put("HikariCP, defaults", Contender::plain);
        all.put("HikariCP, tuned", Contender::tuned);
        all.put("Lectern", Contender::lectern);
        return all;
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
        Path home = Files.createTempDirectory("comparison");
        GatewaySettings smallest = GatewaySettings.DEFAULT
                .withSuspendAfter(Duration.ZERO)
                .withWakeDelay(Duration.ofMillis(700))
                .withRoundTripDelay(Duration.ofMillis(2));
        try (EmbeddedDatabase database =
                EmbeddedDatabase.start(EmbeddedDatabaseSettings.in(home).withGateway(smallest))) {
            fill(database.jdbcUrl());
            warmUp(database);
            StringBuilder report = new StringBuilder(head());
            for (Scenario scenario : Scenario.values()) {
                report.append("\n## ").append(scenario.text()).append("\n\n").append(columns());
                for (Map.Entry<String, Function<String, Contender>> each : CONTENDERS.entrySet()) {
                    awaitNoBackend(database.gateway());
                    List<Connection> others = scenario.before(database.jdbcUrl());
                    try (Contender contender = each.getValue().apply(database.jdbcUrl())) {
                        Trial trial = Trial.run(contender, scenario, database.gateway(), others);
                        report.append(row(each.getKey(), trial));
                    }
                    System.out.println(scenario + " " + each.getKey() + " done");
                }
            }
            report.append(Crowd.run(database));
            Path file = Path.of(arguments.length > 0 ? arguments[0] : "docs/comparison.md");
            Files.writeString(file, report);
            System.out.println(report);
        }
    }

    /// The contender before has closed its connections, which the server takes a moment to notice.
    private static void awaitNoBackend(Gateway gateway) throws InterruptedException {
        while (gateway.counts().openBackends() > 0) {
            Thread.sleep(10);
        }
    }

    /// The JIT compiler knows all contenders before the first is measured.
    private static void warmUp(EmbeddedDatabase database) throws Exception {
        for (Function<String, Contender> each : CONTENDERS.values()) {
            try (Contender contender = each.apply(database.jdbcUrl())) {
                Callers callers = new Callers(contender, Scenario.THINK_TIME);
                callers.come(Scenario.CALLERS);
                Thread.sleep(Duration.ofSeconds(5));
                callers.stop();
            }
        }
    }

    private static void fill(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE comparison AS SELECT id, md5(id::text) AS word FROM generate_series(0, "
                    + (Callers.ROWS - 1) + ") AS id");
            statement.execute("ALTER TABLE comparison ADD PRIMARY KEY (id)");
            statement.execute("ANALYZE comparison");
        }
    }

    private static String head() throws IOException {
        return """
                # Side by side

                Written by `bin/compare`: all in one run, on one machine of %d processors, which callers, pools, gateway
                and PostgreSQL share. %d callers read a row by its key, think for %d ms, and read again; the gateway
                behaves as Neon's with 0.25 CU and a round trip of 2 ms. A caller waits %d s: what comes later has
                failed. Counted is every call that ended after the fault had begun, until %d s after its end.

                - **HikariCP, defaults**: 7.1.0 as it comes, ten connections.
                - **HikariCP, tuned**: %d connections, none kept idle, timeouts for login and socket, 2 s for a
                  connection, three attempts at growing intervals.
                - **Lectern**: `NeonDatabase` with its defaults and %d connections.

                *Refused* is who was told that there is no connection, *failed* who got another error or none in time;
                percentiles are of the time until whatever a caller got. *Recovered* is the time from the fault's end
                until 99 of 100 were served in a quarter of a second, and four fifths of the usual number.
                """.formatted(
                        Runtime.getRuntime().availableProcessors(),
                        Scenario.CALLERS,
                        Scenario.THINK_TIME.toMillis(),
                        Contender.PATIENCE.toSeconds(),
                        Scenario.AFTER.toSeconds(),
                        Contender.POOL,
                        Contender.POOL);
    }

    private static String columns() {
        return """
                | | served | refused | failed | p50 ms | p95 ms | p99 ms | connection attempts | recovered |
                |---|---|---|---|---|---|---|---|---|
                """;
    }

    private static String row(String name, Trial trial) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %d | %d | %.1f | %.1f | %.1f | %d | %s |%n",
                name,
                trial.count(Outcome.SERVED),
                trial.count(Outcome.REFUSED),
                trial.count(Outcome.FAILED),
                millis(trial.percentile(0.5)),
                millis(trial.percentile(0.95)),
                millis(trial.percentile(0.99)),
                trial.attempts(),
                trial.recovery()
                        .map(recovery -> recovery.toMillis() + " ms")
                        .orElse("not in " + Scenario.AFTER.toSeconds() + " s"));
    }

    private static double millis(Duration duration) {
        return duration.toNanos() / 1e6;
    }
}
