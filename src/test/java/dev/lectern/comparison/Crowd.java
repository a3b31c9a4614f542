package dev.lectern.comparison;

import dev.lectern.comparison.Callers.Call;
import dev.lectern.comparison.Callers.Outcome;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.NeonUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// A thousand callers who do not think, on all the connections that there are.
final class Crowd {

    private static final int CALLERS = 1_000;
    private static final Duration LENGTH = Duration.ofSeconds(60);
    private static final Duration BETWEEN_SAMPLES = Duration.ofMillis(50);

    private Crowd() {}

    static String run(EmbeddedDatabase database) throws Exception {
        // One is left for whoever counts.
        NeonSettings all = NeonSettings.of(NeonUrl.parse(database.jdbcUrl()))
                .withMaximumPoolSize(200)
                .withBudget(new Budget(1, 1));
        NeonDatabase neon = new NeonDatabase(all);
        try (Connection observer = DriverManager.getConnection(database.jdbcUrl())) {
            Callers callers = new Callers(new Contender.Layered(neon), Duration.ZERO);
            callers.come(CALLERS);
            int most = mostConnections(observer, LENGTH);
            List<Call> calls = callers.stop();
            int permits = neon.snapshot().permits();
            int active = neon.snapshot().active();
            int maximum = neon.snapshot().maximum();
            neon.close();
            int left = connections(observer);
            return """

                    ## %d callers who do not think, for %d s

                    | connections there are | the pool's share | most in `pg_stat_activity`, every %d ms | served | \
                    refused | failed | permits out at the end | connections in use at the end | left after closing |
                    |---|---|---|---|---|---|---|---|---|
                    | 97 | %d | %d | %d | %d | %d | %d | %d | %d |
                    """.formatted(
                            CALLERS,
                            LENGTH.toSeconds(),
                            BETWEEN_SAMPLES.toMillis(),
                            maximum,
                            most,
                            count(calls, Outcome.SERVED),
                            count(calls, Outcome.REFUSED),
                            count(calls, Outcome.FAILED),
                            permits,
                            active,
                            left);
        }
    }

    private static long count(List<Call> calls, Outcome outcome) {
        return calls.stream().filter(call -> call.outcome() == outcome).count();
    }

    private static int mostConnections(Connection observer, Duration length) throws SQLException, InterruptedException {
        long end = System.nanoTime() + length.toNanos();
        int most = 0;
        while (System.nanoTime() < end) {
            most = Math.max(most, connections(observer));
            Thread.sleep(BETWEEN_SAMPLES);
        }
        return most;
    }

    /// Those of the database's clients but for the one who asks.
    private static int connections(Connection observer) throws SQLException {
        try (PreparedStatement statement = observer.prepareStatement("""
                        SELECT count(*) FROM pg_stat_activity
                        WHERE backend_type = 'client backend' AND usename = current_user AND pid <> pg_backend_pid()""");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
