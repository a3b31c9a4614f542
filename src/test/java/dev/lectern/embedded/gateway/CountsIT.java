package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.jdbc.PgConnection;

@Timeout(30)
class CountsIT {

    private static final Duration ROUND_TRIP = Duration.ofMillis(30);

    @RegisterExtension
    static final SharedDatabase DATABASE = new SharedDatabase(GatewaySettings.DEFAULT.withRoundTripDelay(ROUND_TRIP));

    @BeforeEach
    void reset() {
        awaitNoClient();
        DATABASE.gateway().resetCounts();
    }

    private static void awaitNoClient() {
        while (DATABASE.gateway().counts().openClients() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_login_is_a_connection_and_pays_for_four_round_trips() throws SQLException {
        long begin = System.nanoTime();
        connect().close();
        assertThat(since(begin)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(4));

        Counts counts = DATABASE.gateway().counts();
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
            DATABASE.gateway().resetCounts();
            connection.setAutoCommit(false);
            select.setString(1, "x".repeat(1_000_000));
            long begin = System.nanoTime();
            select.executeQuery().close();
            connection.commit();

            assertThat(since(begin)).isGreaterThanOrEqualTo(ROUND_TRIP.multipliedBy(2));
            Counts counts = DATABASE.gateway().counts();
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
            DATABASE.gateway().attribute(backend, "first");
            statement.execute("SELECT 1");
            statement.execute("SELECT 1");
            DATABASE.gateway().attribute(backend, "second");
            statement.execute("SELECT 1");
            DATABASE.gateway().attribute(backend, null);
            statement.execute("SELECT 1");
        }
        assertThat(DATABASE.gateway().roundTrips("first")).hasValue(2);
        assertThat(DATABASE.gateway().roundTrips("second")).hasValue(1);
        assertThat(DATABASE.gateway().roundTrips("third")).isEmpty();
        assertThat(DATABASE.gateway().counts().roundTrips()).isEqualTo(5);
    }

    @Test
    void the_most_that_was_open_at_once_is_remembered() throws SQLException {
        try (Connection first = connect();
                Connection second = connect()) {
            assertThat(first.isValid(1) && second.isValid(1)).isTrue();
        }
        awaitNoClient();
        connect().close();
        assertThat(DATABASE.gateway().counts().mostOpenBackends()).isEqualTo(2);
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static Connection connect() throws SQLException {
        return DATABASE.connect("&assumeMinServerVersion=12");
    }
}
