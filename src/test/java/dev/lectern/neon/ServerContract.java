package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.monitor.DatabaseState.Status;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the connection layer keeps to with whatever server it is given, Neon or not.
abstract class ServerContract {

    static final Duration LONG = Duration.ofSeconds(60);
    private static final int POOL = 8;

    private final String schema = "lectern_test_" + UUID.randomUUID().toString().replace("-", "");
    private final String application = schema.substring(0, 30);

    /// Where the server is, without a pooler.
    abstract NeonUrl direct();

    @BeforeEach
    void createSchema() throws SQLException {
        administer("CREATE SCHEMA " + schema);
    }

    @AfterEach
    void dropSchema() throws SQLException {
        administer("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
    }

    @Test
    void connects_writes_and_reads() {
        try (NeonDatabase neon = new NeonDatabase(settings(direct()))) {
            neon.write(
                    Criticality.INTERACTIVE_WRITE,
                    Deadline.in(LONG),
                    connection -> execute(connection, "CREATE TABLE " + schema + ".note AS SELECT 42 AS number"));

            assertThat(read(neon, "SELECT number FROM " + schema + ".note")).isEqualTo(42);
            assertThat(neon.snapshot().state().status()).isEqualTo(Status.READY);
        }
    }

    @Test
    void takes_no_more_than_its_share_of_what_the_server_has() {
        int replicas = 7;
        try (NeonDatabase neon = new NeonDatabase(
                settings(direct()).withMaximumPoolSize(4000).withBudget(new NeonSettings.Budget(replicas, 10)))) {
            int maximum = read(neon, "SELECT current_setting('max_connections')::int");
            int reserved = read(neon, """
                    SELECT current_setting('superuser_reserved_connections')::int
                         + coalesce(current_setting('reserved_connections', true), '0')::int""");

            assertThat(maximum).isGreaterThanOrEqualTo(100);
            assertThat(neon.snapshot().maximum()).isBetween(1, (maximum - reserved - 10) / replicas);
        }
    }

    @Test
    void two_hundred_callers_never_hold_more_connections_than_the_pool_may() throws Exception {
        try (NeonDatabase neon = new NeonDatabase(settings(direct()));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> counts = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                counts.add(callers.submit(() -> read(
                        neon,
                        "SELECT count(*)::int FROM pg_stat_activity WHERE application_name = '" + application + "'")));
            }
            for (Future<Integer> count : counts) {
                assertThat(count.get()).isBetween(1, POOL);
            }
            assertThat(neon.snapshot().totals().finished()).isEqualTo(200);
            assertThat(neon.snapshot().permits()).isZero();
        }
    }

    final NeonSettings settings(NeonUrl url) {
        NeonSettings defaults = NeonSettings.of(url);
        return new NeonSettings(
                url,
                application,
                POOL,
                defaults.budget(),
                defaults.timeouts(),
                defaults.patience(),
                defaults.vigilance(),
                defaults.suspendTimeout());
    }

    static int read(NeonDatabase neon, String sql) {
        return neon.read(Criticality.INTERACTIVE_READ, Deadline.in(LONG), connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                row.next();
                return row.getInt(1);
            }
        });
    }

    private void administer(String sql) throws SQLException {
        Properties login = new Properties();
        login.put("user", direct().user());
        login.put("password", direct().password().value());
        try (Connection connection = DriverManager.getConnection(direct().jdbcUrl(), login)) {
            execute(connection, sql);
        }
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }
}
