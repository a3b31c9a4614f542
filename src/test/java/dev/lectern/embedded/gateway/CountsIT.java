package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.Homes;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.jdbc.PgConnection;

@Timeout(30)
class CountsIT {

    private static final Duration ROUND_TRIP = Duration.ofMillis(30);

    @TempDir
    static Path home;

    private static EmbeddedDatabase database;

    @BeforeAll
    static void start() {
        database = EmbeddedDatabase.start(
                Homes.settings(home).withGateway(GatewaySettings.DEFAULT.withRoundTripDelay(ROUND_TRIP)));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void reset() {
        while (database.gateway().counts().openClients() > 0) {
            Thread.onSpinWait();
        }
        database.gateway().resetCounts();
    }

    @Test
    void a_login_is_a_connection_and_pays_for_four_round_trips() throws SQLException {
        long begin = System.nanoTime();
        connect().close();
        assertThat(since(begin)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(4));

        Counts counts = database.gateway().counts();
        assertThat(counts.connections()).isEqualTo(1);
        assertThat(counts.logins()).isEqualTo(1);
        assertThat(counts.roundTrips()).isZero();
        assertThat(counts.mostOpenClients()).isEqualTo(1);
        assertThat(counts.mostOpenBackends()).isEqualTo(1);
    }

    @Test
    void a_transaction_of_one_statement_is_two_round_trips_and_takes_as_long() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("SELECT length(?)")) {
            database.gateway().resetCounts();
            connection.setAutoCommit(false);
            select.setString(1, "x".repeat(1_000_000));
            long begin = System.nanoTime();
            select.executeQuery().close();
            connection.commit();

            assertThat(since(begin)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(2));
            Counts counts = database.gateway().counts();
            assertThat(counts.roundTrips()).isEqualTo(2);
            assertThat(counts.statements()).isEqualTo(3);
            assertThat(counts.connections()).isZero();
            assertThat(counts.openClients()).isEqualTo(1);
        }
    }

    @Test
    void round_trips_count_for_the_request_that_has_the_connection() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            int backend = connection.unwrap(PgConnection.class).getBackendPID();
            statement.execute("SELECT 1");
            database.gateway().attribute(backend, "first");
            statement.execute("SELECT 1");
            statement.execute("SELECT 1");
            database.gateway().attribute(backend, "second");
            statement.execute("SELECT 1");
            database.gateway().attribute(backend, null);
            statement.execute("SELECT 1");
        }
        assertThat(database.gateway().roundTrips("first")).hasValue(2);
        assertThat(database.gateway().roundTrips("second")).hasValue(1);
        assertThat(database.gateway().roundTrips("third")).isEmpty();
        assertThat(database.gateway().counts().roundTrips()).isEqualTo(5);
    }

    @Test
    void the_most_that_was_open_at_once_is_remembered() throws SQLException {
        try (Connection first = connect();
                Connection second = connect()) {
            assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        }
        connect().close();
        assertThat(database.gateway().counts().mostOpenBackends()).isEqualTo(2);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.jdbcUrl() + "&assumeMinServerVersion=12");
    }
}
