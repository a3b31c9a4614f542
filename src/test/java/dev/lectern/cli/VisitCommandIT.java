package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `visit` at a running Lectern.
@Timeout(60)
class VisitCommandIT {

    private static final int ROUTES = 15;

    private static LecternServer lectern;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of())
                .withPoolsBook();
    }

    @AfterAll
    static void stop() {
        lectern.close();
    }

    @Test
    void each_reader_uses_each_route_once_at_least() throws Exception {
        visit("--url", url(), "--book", "pools", "--readers", "2");

        assertThat(printed.toString(StandardCharsets.UTF_8))
                .matches(2 * ROUTES + " requests in \\d+ ms, all answered as they should be\n");
        try (OperatorClient operator = new OperatorClient(lectern)) {
            assertThat(operator.get("/metrics").body())
                    .contains(
                            "http_route=\"/api/v1/conversations/{id}/messages\"",
                            "http_route=\"/api/v1/messages/{id}/feedback\"",
                            "http_route=\"/api/v1/chat\"");
        }
    }

    @Test
    void says_which_request_was_not_answered_as_it_should_be() {
        assertThatThrownBy(() -> visit("--url", url(), "--book", "no-such-book"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(1))
                .hasMessageStartingWith("GET /books/no-such-book was answered with 404: ");
    }

    @Test
    void says_that_no_lectern_is_there() {
        assertThatThrownBy(() -> visit("--url", "http://127.0.0.1:1"))
                .hasMessage("No Lectern answers at http://127.0.0.1:1/api/v1; bin/run starts one.");
    }

    @ParameterizedTest
    @CsvSource({"--readers, 0", "--readers, 65", "--for, 11m", "--for, soon", "--url, nowhere"})
    void names_the_option_that_is_wrong(String option, String value) {
        assertThatThrownBy(() -> visit(option, value))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        failed -> assertThat(failed.exitCode()).isEqualTo(64))
                .hasMessageStartingWith(option + " is ");
    }

    private static String url() {
        return lectern.url().toString();
    }

    private void visit(String... arguments) throws Exception {
        TypedCommand.run(
                new VisitCommand(new PrintStream(printed, true, StandardCharsets.UTF_8), new ObjectMapper()),
                arguments);
    }
}
