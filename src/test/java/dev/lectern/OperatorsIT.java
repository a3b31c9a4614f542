package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.testing.CapturedLog;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Who did something is known afterwards, whoever they say that they are.
@Timeout(60)
class OperatorsIT {

    private static final String TOKEN = "the token of the operators";

    private static LecternServer lectern;
    private static OperatorClient operator;
    private static ApiKeyRegister.Created key;

    private CapturedLog log;

    @BeforeAll
    static void start() {
        String database = TestPostgres.freshDatabase();
        key = new ApiKeyRegister(TestPostgres.open(database), InstantSource.system())
                .create("deployment", Set.of(Scope.ADMIN_ACT, Scope.ADMIN_READ, Scope.BOOKS_WRITE), null);
        lectern = LecternServer.start(TestPostgres.jdbcUrl(database), Map.of("access.adminToken", TOKEN));
        operator = new OperatorClient(lectern);
    }

    @AfterAll
    static void stop() {
        operator.close();
        lectern.close();
    }

    @BeforeEach
    void listen() {
        log = CapturedLog.of("dev.lectern.operators");
    }

    @AfterEach
    void listenNoMore() {
        log.close();
    }

    @Test
    void an_action_is_its_bearers_and_not_of_whom_they_say_that_they_are() {
        act("resume", "{\"actor\": \"ann\"}", key.text());
        act("resume", "{\"actor\": \"ann\"}", TOKEN);

        assertThat(log.messages())
                .containsExactly(
                        "POST /api/actions/resume 200 by " + key(), "POST /api/actions/resume 200 by the admin token");
        assertThat(operator.get("/api/events", "Authorization", "Bearer " + TOKEN)
                        .json()
                        .at("/events")
                        .findValuesAsText("text"))
                .anyMatch(text -> text.startsWith("resume by " + key() + " (ann): "))
                .anyMatch(text -> text.startsWith("resume by the admin token (ann): "))
                .noneMatch(text -> text.contains(TOKEN) || text.contains(key.text()));
    }

    @Test
    void a_preview_does_nothing_and_is_not_written_down_and_an_action_that_fails_is() {
        act("pause", "{\"seconds\": 1, \"preview\": true}", TOKEN);
        assertThat(log.messages()).isEmpty();

        act("pause", "{\"seconds\": 600}", TOKEN);
        act("warm-up", "{}", key.text());
        act("resume", "{}", TOKEN);

        assertThat(log.messages())
                .containsExactly(
                        "POST /api/actions/pause 200 by the admin token",
                        "POST /api/actions/warm-up 409 by " + key(),
                        "POST /api/actions/resume 200 by the admin token");
    }

    @Test
    void so_is_a_task() throws InterruptedException {
        operator.send("POST", "/tasks/refresh-books", "", "Authorization", "Bearer " + key.text());

        await("POST /tasks/refresh-books 200 by " + key());
    }

    @Test
    void an_import_is_its_bearers_too_and_one_that_is_refused_is_nobodys() {
        Map<String, String> pages = Map.of("a.md", "# A\n\nText.");
        lectern.importBook("No-Slug", pages, key.text());
        lectern.importBook("own", pages, "a key of nobody's");
        assertThat(log.messages()).isEmpty();

        lectern.importBook("own", pages, key.text());
        lectern.importBook("own", pages);

        assertThat(log.messages())
                .containsExactly(
                        "PUT /api/v1/books/own 201 by " + key(), "PUT /api/v1/books/own 200 by LECTERN_API_KEY");
    }

    private static String key() {
        return "API key " + key.key().id() + " \"deployment\"";
    }

    private static void act(String action, String body, String bearer) {
        operator.send(
                "POST", "/api/actions/" + action, body, "X-Lectern-Action", "1", "Authorization", "Bearer " + bearer);
    }

    /// Written when the response is on its way.
    private void await(String line) throws InterruptedException {
        while (!log.messages().contains(line)) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }
}
