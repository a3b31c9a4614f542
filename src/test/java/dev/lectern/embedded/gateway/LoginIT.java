package dev.lectern.embedded.gateway;

import static dev.lectern.embedded.Homes.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.embedded.SharedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class LoginIT {

    private static final String POOLED = "&options=endpoint%3Dep-embedded-pooler";

    @RegisterExtension
    static final SharedDatabase DATABASE = new SharedDatabase(GatewaySettings.DEFAULT);

    @Test
    void the_smallest_compute_takes_97_connections_and_refuses_the_next_as_the_proxy_does() throws SQLException {
        assertThat(DATABASE.query("SHOW max_connections")).isEqualTo("104");
        assertThat(DATABASE.query("SHOW superuser_reserved_connections")).isEqualTo("3");
        assertThat(DATABASE.query("SHOW reserved_connections")).isEqualTo("4");
        List<Connection> open = new ArrayList<>();
        try {
            while (open.size() < 97) {
                open.add(DATABASE.connect());
            }
            refused(DATABASE.jdbcUrl(), "remaining connection slots are reserved");
            assertThat(DATABASE.gateway().counts().openBackends()).isBetween(97, 98);
        } finally {
            for (Connection connection : open) {
                connection.close();
            }
            // Their backends are gone when that returns, which else takes them some time.
            DATABASE.gateway().compute().restart();
        }
    }

    @Test
    void postgresqls_own_refusals_come_as_the_proxys() {
        refused(DATABASE.jdbcUrl().replaceAll("password=\\w+", "password=guess"), "password authentication failed");
        refused(DATABASE.jdbcUrl().replace("/lectern?", "/nowhere?"), "database \"nowhere\" does not exist");
        refused(DATABASE.jdbcUrl() + "&options=-c%20nonsense%3D1", "unrecognized configuration parameter \"nonsense\"");
    }

    @Test
    void errors_after_the_login_keep_their_state() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> DATABASE.query("SELECT nothing"))
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("42703"));
    }

    @Test
    void direct_connections_have_their_options_without_neons_own() throws SQLException {
        String url = DATABASE.jdbcUrl() + "&options=endpoint%3Dep-embedded%20-c%20statement_timeout%3D4321";
        assertThat(query(url, "SHOW statement_timeout")).isEqualTo("4321ms");
    }

    @Test
    void direct_connections_lose_further_parameters_unless_they_insist() throws SQLException {
        // pgjdbc sends the time zone of the JVM.
        String source = "SELECT source FROM pg_settings WHERE name = 'TimeZone'";
        assertThat(DATABASE.query(source)).isEqualTo("configuration file");
        assertThat(query(DATABASE.jdbcUrl() + "&options=neon_proxy_params_compat%3Atrue", source))
                .isEqualTo("client");
        assertThat(query(DATABASE.jdbcUrl() + POOLED, source)).isEqualTo("client");
    }

    @Test
    void the_application_has_its_name() throws SQLException {
        String url = DATABASE.jdbcUrl() + "&assumeMinServerVersion=12&ApplicationName=specification";
        assertThat(query(url, "SHOW application_name")).isEqualTo("specification");
        assertThat(query(url + POOLED, "SHOW application_name")).isEqualTo("specification");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%20-c%20statement_timeout%3D5000", "%20-c%20search_path%3Dpublic"})
    void the_pooler_refuses_settings_at_the_start(String options) {
        refused(DATABASE.jdbcUrl() + POOLED + options, "unsupported startup parameter in options: ");
    }

    @ParameterizedTest
    @CsvSource({"sslmode=require, postgres", "sslmode=require, direct"})
    void encryption_is_there_for_who_demands_it(String mode, String negotiation) throws SQLException {
        String url = DATABASE.jdbcUrl().replace("sslmode=disable", mode) + "&sslNegotiation=" + negotiation;
        assertThat(query(url, "SELECT repeat('x', 100000)")).hasSize(100_000);
    }

    @Test
    void a_statement_can_be_cancelled() throws SQLException {
        try (Connection connection = DATABASE.connect();
                Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.execute("SELECT pg_sleep(20)"))
                    .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("57014"));
        }
    }

    private static void refused(String url, String message) {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> query(url, "SELECT 1"))
                .withMessageContaining(message)
                .satisfies(failure -> assertThat(failure.getSQLState()).isEqualTo("XX000"));
    }
}
