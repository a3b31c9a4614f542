package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

@Timeout(120)
class ActionsIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless();

    private static LecternServer lectern;
    private static LecternClient reader;
    private static OperatorClient operator;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(DATABASE.jdbcUrl(), Map.of("warmup.policy", "off"));
        reader = lectern.reader();
        operator = new OperatorClient(lectern);
    }

    @AfterAll
    static void stop() {
        operator.close();
        reader.close();
        lectern.close();
    }

    @AfterEach
    void resume() {
        act("resume", "{}");
        act("resize-pool", "{\"maximum\": 16, \"keep\": true}");
    }

    @Test
    void a_pool_of_another_size_goes_back_by_itself_and_can_be_put_back() {
        JsonNode preview = act("resize-pool", "{\"maximum\": 5, \"minutes\": 10, \"preview\": true}");
        assertThat(preview.at("/done").asBoolean()).isFalse();
        assertThat(maximum()).isEqualTo(16);

        JsonNode done =
                act("resize-pool", "{\"maximum\": 5, \"minutes\": 10, \"actor\": \"ann\", \"reason\": \"a flood\"}");

        assertThat(maximum()).isEqualTo(5);
        assertThat(done.at("/done").asBoolean()).isTrue();
        assertThat(done.at("/effect").asText())
                .isEqualTo("This process asks for 5 connections instead of 16 for 10 min.");
        assertThat(Instant.parse(done.at("/until").asText()))
                .isAfter(Instant.parse(preview.at("/until").asText()));
        JsonNode entry = lastAction();
        assertThat(entry.at("/actor").asText()).isEqualTo("operator");
        assertThat(entry.at("/text").asText()).startsWith("resize-pool by this machine (ann): This process asks for 5");
        assertThat(entry.at("/reason").asText()).isEqualTo("a flood");

        JsonNode undo = done.at("/undo");
        act(undo.at("/action").asText(), undo.at("/body").toString());
        assertThat(maximum()).isEqualTo(16);
    }

    @Test
    void a_pause_refuses_work_until_it_is_ended() {
        assertThat(reader.get("/conversations").status()).isEqualTo(200);

        JsonNode paused = act("pause", "{\"seconds\": 600}");
        Reply refused = reader.get("/conversations");

        assertThat(paused.at("/undo/action").asText()).isEqualTo("resume");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(operator.get("/api/snapshot").json().at("/verdict/sentence").asText())
                .startsWith("PAUSED: ");
        assertThat(operator.get("/api/snapshot")
                        .json()
                        .at("/database/paused_until")
                        .asText())
                .isNotEmpty();

        act("resume", "{}");
        assertThat(reader.get("/conversations").status()).isEqualTo(200);
    }

    @Test
    void connections_are_given_up_softly_and_made_anew() {
        reader.get("/conversations");
        long before = closed();

        JsonNode preview = act("evict-connections", "{\"preview\": true}");
        assertThat(preview.at("/effect").asText()).matches("Ends [1-9]\\d* unused connections now.*");
        assertThat(closed()).isEqualTo(before);

        JsonNode done = act("evict-connections", "{}");
        assertThat(done.at("/effect").asText()).matches("[1-9]\\d* unused connections end.*");
        assertThat(reader.get("/conversations").status()).isEqualTo(200);
        assertThat(closed()).isGreaterThan(before);
    }

    @Test
    void warm_up_makes_one_statement_and_says_where_it_cannot() {
        assertThat(act("warm-up", "{\"preview\": true}").at("/effect").asText()).startsWith("Sends one statement");
        assertThat(act("warm-up", "{}").at("/effect").asText()).isEqualTo("The database is awake.");

        act("pause", "{\"seconds\": 60}");
        Reply refused = operator.act("warm-up", "{}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().at("/detail").asText()).contains("paused");
        assertThat(lastAction().at("/level").asText()).isEqualTo("warning");
    }

    @Test
    void a_session_is_ended_after_it_was_looked_at() throws Exception {
        reader.get("/conversations");
        try (Connection etl = DATABASE.connect("&ApplicationName=etl");
                Statement statement = etl.createStatement()) {
            int pid = pid(statement);
            JsonNode preview = act("terminate-backend", "{\"pid\": " + pid + ", \"preview\": true}");
            assertThat(preview.at("/effect").asText())
                    .contains("`etl`", "pid " + pid, "idle")
                    .doesNotContain("own");
            assertThat(pid(statement)).isEqualTo(pid);

            assertThat(act("terminate-backend", "{\"pid\": " + pid + "}")
                            .at("/done")
                            .asBoolean())
                    .isTrue();
            DATABASE.awaitNoSession("pid = " + pid);
            assertThat(operator.act("terminate-backend", "{\"pid\": " + pid + "}")
                            .status())
                    .isIn(422, 409);
        }
    }

    @Test
    void the_servers_own_processes_are_not_ended() throws Exception {
        reader.get("/conversations");
        String pid = DATABASE.query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");

        Reply refused = operator.act("terminate-backend", "{\"pid\": " + pid + "}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/detail").asText()).contains("checkpointer");
    }

    @Test
    void one_of_lecterns_own_sessions_may_be_ended_with_a_warning() throws Exception {
        reader.get("/conversations");
        String pid = DATABASE.query("SELECT pid FROM pg_stat_activity WHERE application_name = 'lectern' LIMIT 1");

        Reply preview = operator.act("terminate-backend", "{\"pid\": " + pid + ", \"preview\": true}");

        assertThat(preview.json().at("/effect").asText()).contains("Lectern's own");
    }

    @Test
    void a_session_is_not_ended_where_that_would_wake_the_database() {
        act("pause", "{\"seconds\": 60}");

        assertThat(operator.act("terminate-backend", "{\"pid\": 1}").status()).isEqualTo(409);
        assertThat(operator.get("/api/connections?server=true").status()).isEqualTo(409);
    }

    @Test
    void a_part_of_the_program_logs_more_for_a_while() {
        JsonNode done = act("log-level", "{\"logger\": \"dev.lectern.book\", \"level\": \"DEBUG\", \"minutes\": 1}");

        assertThat(done.at("/effect").asText()).startsWith("`dev.lectern.book` logs DEBUG instead of ");
        assertThat(LoggerFactory.getLogger("dev.lectern.book").isDebugEnabled()).isTrue();
        assertThat(done.at("/until").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            resize-pool       | {}                                                       | /maximum
            resize-pool       | {"maximum": 0, "keep": true}                             | /maximum
            resize-pool       | {"maximum": "8", "keep": true}                           | /maximum
            resize-pool       | {"maximum": 8}                                           | /minutes
            resize-pool       | {"maximum": 8, "minutes": 241}                           | /minutes
            resize-pool       | {"maximum": 8, "minutes": 5, "keep": true}               | /minutes
            pause             | {"seconds": 601}                                         | /seconds
            pause             | {}                                                       | /seconds
            resume            | {"now": true}                                            | /now
            warm-up           | {"preview": "yes"}                                       | /preview
            terminate-backend | {"pid": -1}                                              | /pid
            log-level         | {"logger": "a b", "level": "DEBUG", "minutes": 1}        | /logger
            log-level         | {"logger": "dev.lectern", "level": "LOUD", "minutes": 1} | /level
            log-level         | {"logger": "dev.lectern", "level": "INFO"}               | /minutes
            pause             | {"seconds": 5, "reason": ""}                             | /reason
            pause             | [5]                                                      | ''
            pause             | {"seconds"                                               | ''
            """)
    void names_the_member_that_is_not_valid(String action, String body, String pointer) {
        Reply refused = operator.act(action, body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/errors").findValuesAsText("pointer")).contains(pointer);
    }

    @Test
    void an_action_needs_its_header() {
        assertThat(operator.send("POST", "/api/actions/resume", "{}").status()).isEqualTo(403);
        assertThat(operator.send("GET", "/api/actions/resume", "").status()).isEqualTo(405);
    }

    @Test
    void the_console_tells_what_is_the_matter_while_the_database_cannot_be_had() {
        reader.get("/conversations");
        DATABASE.inject(new Fault.RefuseLogins(LoginRefusal.WRONG_PASSWORD, null));
        act("evict-connections", "{}");

        JsonNode snapshot = operator.get("/api/snapshot").json();
        while (!snapshot.at("/database/status").asText().equals("down")) {
            reader.get("/conversations");
            snapshot = operator.get("/api/snapshot").json();
        }

        assertThat(snapshot.at("/verdict/level").asText()).isEqualTo("critical");
        assertThat(snapshot.at("/verdict/sentence").asText()).startsWith("DOWN: the server refuses the user");
        assertThat(snapshot.at("/database/cause/class").asText()).isEqualTo("down/credentials");
        DATABASE.faults().clear();
        while (!operator.get("/api/snapshot")
                .json()
                .at("/database/status")
                .asText()
                .equals("ready")) {
            act("warm-up", "{\"preview\": true}");
            operator.act("warm-up", "{}");
        }
    }

    private static JsonNode act(String action, String body) {
        Reply reply = operator.act(action, body);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return reply.json();
    }

    private static int maximum() {
        return operator.get("/api/snapshot").json().at("/pool/configured").asInt();
    }

    private static long closed() {
        return operator.get("/api/snapshot").json().at("/totals/closed").asLong();
    }

    /// The newest of the log's entries that is an action: Lectern writes others by its own clock.
    private static JsonNode lastAction() {
        JsonNode last = MissingNode.getInstance();
        for (JsonNode entry : operator.get("/api/events").json().at("/events")) {
            if (entry.at("/kind").asText().equals("action")) {
                last = entry;
            }
        }
        return last;
    }

    private static int pid(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
