package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.CommandFailedException;
import dev.lectern.cli.Terminal;
import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.neon.NeonUrl;
import dev.lectern.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoadTestCommandIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void climbs_from_one_connection_to_as_many_as_are_wanted_and_releases_all() throws Exception {
        JsonNode report = loadTest("--connections", "3", "--duration", "1s", "--rate", "300");

        assertThat(report.at("/steps")).hasSize(3);
        assertThat(report.at("/steps/0/connections").asInt()).isEqualTo(1);
        assertThat(report.at("/steps/1/connections").asInt()).isEqualTo(2);
        assertThat(report.at("/steps/2/connections").asInt()).isEqualTo(3);
        assertThat(report.at("/logins/count").asInt()).isEqualTo(3);
        assertThat(report.at("/stopped").asBoolean()).isFalse();
        DATABASE.awaitNoSession("application_name = 'lectern-load-test'");
    }

    @Test
    void does_no_more_round_trips_than_the_rate_allows_and_says_that_it_was_held_back() throws Exception {
        JsonNode report = loadTest("--connections", "1", "--duration", "4s", "--rate", "50");

        assertThat(report.at("/steps/0/round_trips").asInt()).isBetween(1, 202);
        assertThat(report.at("/steps/0/capped").asBoolean()).isTrue();
        assertThat(report.at("/sentence").asText()).contains("--rate allowed no more");
    }

    @Test
    void takes_no_more_than_half_of_what_the_server_has_free() throws Exception {
        DATABASE.inject(new Fault.SlotsTaken(91));

        JsonNode report = loadTest("--connections", "50", "--duration", "1s", "--rate", "100");

        assertThat(report.at("/logins/count").asInt()).isBetween(1, 4);
        assertThat(report.at("/stopped").asBoolean()).isFalse();
    }

    @Test
    void stops_at_the_first_error_and_names_its_class() {
        DATABASE.inject(new Fault.ResetQueries(100, 1));

        assertThatThrownBy(() -> loadTest("--connections", "2", "--duration", "10s"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(1));

        JsonNode report = report();
        assertThat(report.at("/class").asText()).startsWith("connection-lost/");
        assertThat(report.at("/stopped").asBoolean()).isTrue();
        assertThat(report.at("/next").asText()).isNotEmpty();
    }

    @Test
    void ends_with_1_where_the_server_is_full() {
        DATABASE.inject(new Fault.SlotsTaken(200));

        assertThatThrownBy(() -> loadTest())
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(1));

        assertThat(report().at("/class").asText()).isEqualTo("saturated/slots");
        assertThat(report().at("/steps")).isEmpty();
    }

    @Test
    void releases_all_connections_when_it_is_stopped() throws Exception {
        Climb[] climb = new Climb[1];
        Climb.Plan plan = new Climb.Plan(4, Duration.ofMinutes(5), 100, Duration.ofSeconds(20));
        climb[0] = new Climb(NeonUrl.parse(DATABASE.jdbcUrl()), plan, new Climb.Listener() {
            @Override
            public void begins(int connections, Limits limits, Duration step) {
                climb[0].stop();
            }

            @Override
            public void climbed(Rung rung) {}
        });

        Climb.Result result = climb[0].run();

        assertThat(result.stopped()).isTrue();
        assertThat(result.failure()).isNull();
        DATABASE.awaitNoSession("application_name = 'lectern-load-test'");
    }

    @Test
    void shows_a_table_and_what_it_amounts_to() throws Exception {
        run("--connections", "2", "--duration", "1s", "--rate", "200");

        assertThat(printed.toString(StandardCharsets.UTF_8).lines())
                .anySatisfy(line -> assertThat(line).matches("2 connections at most: \\d+ of 97 are free, .*"))
                .anySatisfy(line -> assertThat(line).isEqualTo(Rung.HEADER))
                .anySatisfy(line -> assertThat(line).startsWith("DONE: "));
    }

    private JsonNode loadTest(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        System.arraycopy(arguments, 0, all, 0, arguments.length);
        all[arguments.length] = "--json";
        run(all);
        return report();
    }

    private void run(String... arguments) throws Exception {
        LoadTestCommand command = new LoadTestCommand(
                new PrintStream(printed, true, StandardCharsets.UTF_8),
                Terminal.NONE,
                new ObjectMapper(),
                file -> Optional.of(DatabaseTarget.at(NeonUrl.parse(DATABASE.jdbcUrl()))));
        TypedCommand.run(command, arguments);
    }

    private JsonNode report() {
        try {
            return new ObjectMapper().readTree(printed.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
