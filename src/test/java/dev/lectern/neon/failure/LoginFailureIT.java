package dev.lectern.neon.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What logins fail with, each as the driver throws it: behind the gateway, which speaks as Neon's proxy does, and
/// before PostgreSQL itself.
@Timeout(30)
class LoginFailureIT {

    /// Which class each refusal is, whether what waits may be repeated, and how many seconds go by between probes.
    private static final String REFUSALS = """
            WAKING | waking/starting | ALWAYS | 1
            CONTROL_PLANE | waking/control-plane | ALWAYS | 1
            ENDPOINT_UNAVAILABLE | waking/control-plane | ALWAYS | 1
            AUTHENTICATION_TIMED_OUT | waking/slow-login | ALWAYS | 1
            STARTING_UP | waking/restarting | ALWAYS | 1
            SHUTTING_DOWN | waking/restarting | ALWAYS | 1
            RECOVERING | waking/restarting | ALWAYS | 1
            QUOTA | down/quota | NEVER | 30
            DATA_TRANSFER_QUOTA | down/quota | NEVER | 30
            WRITTEN_DATA_QUOTA | down/quota | NEVER | 30
            CHECK_QUOTAS | down/quota | NEVER | 30
            COMPUTE_LIMIT | down/compute-limit | NEVER | 5
            ENDPOINT_DISABLED | down/endpoint | NEVER | 5
            ENDPOINT_NOT_FOUND | down/endpoint | NEVER | 5
            ENDPOINT_NOT_NAMED | down/configuration | NEVER | 5
            ENDPOINT_AMBIGUOUS | down/configuration | NEVER | 5
            INSECURE | down/configuration | NEVER | 5
            IP_NOT_ALLOWED | down/configuration | NEVER | 5
            WRONG_PASSWORD | down/credentials | NEVER | 5
            RATE_LIMIT | saturated/rate-limit | NEVER | 1
            ENDPOINT_RATE_LIMIT | saturated/rate-limit | NEVER | 1
            CONNECT_PERMITS | saturated/rate-limit | NEVER | 1
            SLOTS | saturated/slots | NEVER | 1
            TOO_MANY_CLIENTS | saturated/slots | NEVER | 1
            POOLER_FULL | saturated/pooler | NEVER | 1
            """;

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless();

    @ParameterizedTest
    @CsvSource(textBlock = REFUSALS, delimiter = '|')
    void knows_a_refusal_of_neons_proxy_by_its_words(
            LoginRefusal refusal, String slug, Response.Repetition repetition, long probeSeconds) {
        DATABASE.inject(new Fault.RefuseLogins(refusal, 1));

        DatabaseFailure failure = failure(DATABASE.jdbcUrl());

        assertThat(failure.slug()).isEqualTo(slug);
        assertThat(failure.response().repetition()).isEqualTo(repetition);
        assertThat(failure.response().probe()).isEqualTo(Duration.ofSeconds(probeSeconds));
        assertThat(failure.message()).isNotBlank();
    }

    @Test
    void has_a_line_for_each_refusal_that_the_gateway_knows() {
        Set<String> lines =
                REFUSALS.lines().map(line -> line.replaceFirst(" .*", "")).collect(Collectors.toSet());

        assertThat(Arrays.stream(LoginRefusal.values()).map(Enum::name)).containsExactlyInAnyOrderElementsOf(lines);
    }

    @Test
    void knows_that_somebody_else_has_all_slots() {
        DATABASE.inject(new Fault.SlotsTaken(1_000));

        assertThat(failure(DATABASE.jdbcUrl())).isEqualTo(new Saturated(Saturated.Reason.SLOTS));
    }

    @Test
    void knows_that_nobody_listens() {
        DATABASE.inject(new Fault.RefuseConnections());

        assertThat(failure(DATABASE.jdbcUrl())).isEqualTo(new Down(Down.Reason.UNREACHABLE));
    }

    @Test
    void knows_silence_during_a_login() {
        DATABASE.inject(new Fault.BlackHole());

        assertThat(failure(DATABASE.jdbcUrl() + "&loginTimeout=1")).isEqualTo(new Down(Down.Reason.UNREACHABLE));
    }

    @Test
    void knows_a_connection_that_ends_during_the_login() throws Exception {
        try (ServerSocket listener = new ServerSocket(0)) {
            Thread.startVirtualThread(() -> {
                try {
                    listener.accept().close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });

            assertThat(failure("jdbc:postgresql://localhost:" + listener.getLocalPort() + "/postgres?sslmode=disable"))
                    .isEqualTo(new Down(Down.Reason.UNREACHABLE));
        }
    }

    @Test
    void knows_a_host_that_does_not_exist() {
        assertThat(failure("jdbc:postgresql://nowhere.invalid/postgres?sslmode=disable"))
                .isEqualTo(new Down(Down.Reason.UNREACHABLE));
    }

    @Test
    void knows_a_parameter_that_the_pooler_refuses() {
        assertThat(failure(
                        DATABASE.jdbcUrl() + "&options=endpoint%3Dep-embedded-pooler%20-c%20statement_timeout%3D1000"))
                .isEqualTo(new Down(Down.Reason.CONFIGURATION));
    }

    @Test
    void knows_a_parameter_that_postgresql_refuses() {
        assertThat(failure(postgres("postgres", "postgres") + "&options=-c%20no_such_setting%3D1"))
                .isEqualTo(new Down(Down.Reason.CONFIGURATION));
    }

    @Test
    void knows_a_certificate_that_nobody_vouches_for() {
        assertThat(failure(DATABASE.jdbcUrl().replaceAll("sslmode=\\w+&?", "")
                        + "&sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory"))
                .isEqualTo(new Down(Down.Reason.CONFIGURATION));
    }

    @Test
    void knows_a_server_without_tls() {
        assertThat(failure(postgres("postgres", "postgres") + "&sslmode=require"))
                .isEqualTo(new Down(Down.Reason.CONFIGURATION));
    }

    @Test
    void knows_a_password_that_is_missing_or_empty() {
        assertThat(failure(DATABASE.jdbcUrl().replaceAll("password=[^&]*", "password=")))
                .isEqualTo(new Down(Down.Reason.CREDENTIALS));
        assertThat(failure(DATABASE.jdbcUrl().replaceAll("password=[^&]*&?", "")))
                .isEqualTo(new Down(Down.Reason.CREDENTIALS));
    }

    @Test
    void knows_a_database_and_a_user_that_do_not_exist() {
        assertThat(failure(postgres("postgres", "nothing"))).isEqualTo(new Down(Down.Reason.CREDENTIALS));
        assertThat(failure(postgres("nobody", "postgres"))).isEqualTo(new Down(Down.Reason.CREDENTIALS));
    }

    @Test
    void knows_that_a_role_has_all_the_connections_it_may_have() throws Exception {
        try (var administrator = TestPostgres.administrator();
                var statement = administrator.createStatement()) {
            statement.execute("CREATE ROLE hermit LOGIN CONNECTION LIMIT 0");

            assertThat(failure(postgres("hermit", "postgres"))).isEqualTo(new Saturated(Saturated.Reason.SLOTS));

            statement.execute("DROP ROLE hermit");
        }
    }

    private static String postgres(String user, String name) {
        return "jdbc:postgresql://localhost:" + TestPostgres.port() + "/" + name + "?user=" + user;
    }

    private static DatabaseFailure failure(String url) {
        Throwable error = catchThrowable(() -> DriverManager.getConnection(url).close());
        assertThat(error).as("the login succeeded").isNotNull();
        return FailureClassifier.connecting(error);
    }
}
