package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.ApiKeyRegister;
import dev.lectern.persistence.Database;
import dev.lectern.testing.TestPostgres;
import io.dropwizard.core.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyCommandIT {

    private static final Database DATABASE = TestPostgres.open(TestPostgres.freshDatabase());
    private static final Instant NOW = Instant.parse("2026-11-29T09:00:00Z");

    private final AtomicInteger told = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private InstantSource clock = InstantSource.fixed(NOW);

    private final class Session implements ApiKeyCommand.Session {

        @Override
        public ApiKeyRegister keys() {
            return new ApiKeyRegister(DATABASE, clock);
        }

        @Override
        public void changed() {
            told.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    @AfterEach
    void empty() {
        DATABASE.background(handle -> handle.execute("DELETE FROM api_key"));
        assertThat(closed).hasValue(opened.get());
    }

    @Test
    void a_key_is_shown_once_and_kept_as_its_hash() throws Exception {
        String key = run("create", "--name", "the site", "--scope", "chat", "admin:read", "--expires", "90d")
                .strip();

        assertThat(key).matches("lk_[a-z2-7]{12}_[A-Za-z0-9_-]{43}");
        assertThat(told).hasValue(1);
        String stored = DATABASE.background(handle -> handle.createQuery(
                        "SELECT api_key::text || length(hash) || encode(hash, 'escape') FROM api_key")
                .mapTo(String.class)
                .one());
        assertThat(stored).contains("the site").doesNotContain(key.substring(16));

        JsonNode listed = new ObjectMapper().readTree(run("list", "--json")).get(0);
        assertThat(listed.at("/id").asText()).isEqualTo(key.substring(3, 15));
        assertThat(listed.at("/state").asText()).isEqualTo("active");
        assertThat(listed.at("/expires_at").asText()).isEqualTo("2027-02-27T09:00:00Z");
        assertThat(listed.at("/last_used_at").isNull()).isTrue();
        assertThat(listed.at("/scopes").toString()).isEqualTo("[\"admin:read\",\"chat\"]");
        assertThat(run("list"))
                .contains(key.substring(3, 15), "never", "the site")
                .doesNotContain(key.substring(16));
    }

    @Test
    void scopes_may_be_named_one_by_one() throws Exception {
        run("create", "--name", "a", "--scope", "chat", "--scope", "books:write");

        assertThat(run("list")).contains("books:write,chat");
    }

    @Test
    void a_revoked_key_stays_in_the_list_and_one_that_ended_does() throws Exception {
        String id = run("create", "--name", "a", "--scope", "chat").substring(3, 15);
        run("create", "--name", "b", "--scope", "chat", "--expires", "1h");

        assertThat(run("revoke", id)).contains("60 s");
        assertThat(told).hasValue(3);
        clock = InstantSource.fixed(NOW.plusSeconds(3600));

        assertThat(run("list").lines())
                .anyMatch(line -> line.startsWith(id + "  revoked"))
                .anyMatch(line -> line.contains("expired") && line.endsWith("b"));
    }

    @Test
    void who_revokes_a_key_that_looks_is_told_where_it_goes_on() throws Exception {
        String looks =
                run("create", "--name", "a", "--scope", "admin:read", "chat").substring(3, 15);
        String acts =
                run("create", "--name", "b", "--scope", "admin:act", "chat").substring(3, 15);

        assertThat(run("revoke", looks)).contains("60 s", "up to 6 h", "POST /tasks/refresh-api-keys");
        assertThat(run("revoke", acts)).contains("60 s").doesNotContain("6 h");
    }

    @Test
    void an_unknown_id_is_no_success() {
        assertThatThrownBy(() -> run("revoke", "aaaaaaaaaaaa"))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(1))
                .hasMessageContaining("aaaaaaaaaaaa");
        assertThat(told).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create|--name|a|--scope|everything",
                "create|--name|a|--scope|chat|--expires|soon",
                "create|--name|a|--scope|chat|--expires|0d",
                "create|--name| |--scope|chat",
                "create|--name|a\nb|--scope|chat"
            })
    void what_makes_no_sense_is_told_before_the_database_is_opened(String line) {
        assertThatThrownBy(() -> run(line.split("\\|")))
                .isInstanceOfSatisfying(
                        CommandFailedException.class,
                        e -> assertThat(e.exitCode()).isEqualTo(64));
        assertThat(opened).hasValue(0);
    }

    @Test
    void a_scope_and_a_name_are_needed() {
        assertThatThrownBy(() -> run("create", "--name", "a")).isInstanceOf(ArgumentParserException.class);
        assertThatThrownBy(() -> run("create", "--scope", "chat")).isInstanceOf(ArgumentParserException.class);
    }

    private String run(String... arguments) throws ArgumentParserException {
        out.reset();
        ApiKeyCommand<Configuration> command = new ApiKeyCommand<>(
                Configuration.class,
                _ -> new Session(),
                new ObjectMapper(),
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8));
        ArgumentParser parser = ArgumentParsers.newFor("lectern").build();
        command.configure(parser.addSubparsers().addParser("api-key"));
        String[] line = new String[arguments.length + 1];
        line[0] = "api-key";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        command.run(parser.parseArgs(line), () -> {
            opened.incrementAndGet();
            return new Session();
        });
        return out.toString(StandardCharsets.UTF_8);
    }
}
