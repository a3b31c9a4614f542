package dev.lectern.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.ConnectException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WireTapIT {

    private static final String SQL = "SELECT 7 WHERE $1::int = 1";

    private final WireTap tap = WireTap.open("127.0.0.1", TestPostgres.port());

    @AfterEach
    void close() {
        tap.close();
    }

    @Test
    void a_login_is_a_connection_and_no_round_trip_of_a_statement() throws SQLException {
        connect().close();
        WireTap.Counts counts = tap.counts();
        assertThat(counts.connections()).isEqualTo(1);
        assertThat(counts.logins()).isEqualTo(1);
    }

    @Test
    void a_prepared_select_in_autocommit_is_one_round_trip_however_often_it_ran_before() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("SELECT 7 WHERE ?::int = 1")) {
            // Unnamed at first; from the fifth on pgjdbc gives the statement a name, and then does not parse it again.
            for (int execution = 1; execution <= 8; execution++) {
                tap.reset();
                select.setInt(1, 1);
                select.executeQuery().close();
                assertThat(tap.counts()).isEqualTo(new WireTap.Counts(0, 0, 1, Collections.nCopies(1, SQL)));
            }
        }
    }

    @Test
    void a_transaction_of_one_statement_is_two_round_trips() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("SELECT 7 WHERE ?::int = 1")) {
            tap.reset();
            connection.setAutoCommit(false);
            select.setInt(1, 1);
            select.executeQuery().close();
            connection.commit();
            assertThat(tap.counts().roundTrips()).isEqualTo(2);
            assertThat(tap.counts().statements()).containsExactly("BEGIN", SQL, "COMMIT");
        }
    }

    @Test
    void a_transaction_with_a_large_statement_is_two_round_trips() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement("SELECT length(?)")) {
            tap.reset();
            connection.setAutoCommit(false);
            select.setString(1, "x".repeat(1_000_000));
            select.executeQuery().close();
            connection.commit();
            assertThat(tap.counts().roundTrips()).isEqualTo(2);
        }
    }

    @Test
    void a_validation_is_one_round_trip() throws SQLException {
        try (Connection connection = connect()) {
            tap.reset();
            assertThat(connection.isValid(1)).isTrue();
            assertThat(tap.counts()).isEqualTo(new WireTap.Counts(0, 0, 1, Collections.nCopies(1, "")));
        }
    }

    @Test
    void a_failed_statement_is_one_round_trip_too() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            tap.reset();
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> statement.execute("SELECT nothing"));
            assertThat(tap.counts().roundTrips()).isEqualTo(1);
        }
    }

    @Test
    void the_last_words_of_the_server_arrive() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57P01"));
        }
    }

    @Test
    void passes_on_large_answers_and_large_parameters() throws SQLException {
        String large = "ü".repeat(300_000);
        try (Connection connection = connect();
                PreparedStatement echo = connection.prepareStatement("SELECT ? || 'x' FROM generate_series(1, 5)")) {
            echo.setString(1, large);
            try (var rows = echo.executeQuery()) {
                int count = 0;
                while (rows.next()) {
                    assertThat(rows.getString(1)).hasSize(300_001);
                    count++;
                }
                assertThat(count).isEqualTo(5);
            }
        }
    }

    @Test
    void refuses_new_connections_and_keeps_the_open_ones_until_resumed() throws SQLException {
        try (Connection open = connect()) {
            tap.refuseConnections();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> connect().close())
                    .withCauseInstanceOf(ConnectException.class);
            assertThat(open.isValid(1)).isTrue();
            tap.resume();
            connect().close();
        }
    }

    @Test
    void cuts_what_is_open_and_takes_new_connections() throws SQLException {
        try (Connection open = connect();
                Statement statement = open.createStatement()) {
            tap.cutAll();
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT 1"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).startsWith("08"));
            connect().close();
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/migrated?user=postgres".formatted(tap.port()));
    }
}
