package dev.lectern.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.openapi.Draft.Outlook;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp.Reply;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Requests that `docs/openapi.yaml` gives rise to, valid ones and ones with one or two things wrong, to a running
/// Lectern over HTTP: every answer is one that the contract has.
///
/// They are the same in each run, so that it fails for a change and never by chance. `-Dcontract.seed=random` draws
/// others, by a seed that is printed; `-Dcontract.seed=…` with that number draws them again.
class ContractPropertyIT {

    private static final int REQUESTS = 10_500;
    private static final int REQUESTS_BEYOND_A_LIMIT = 1_000;
    private static final long SEED = seed(System.getProperty("contract.seed", "20261129"));
    private static final int FAILURES_SHOWN = 10;
    private static final String ANOTHER_METHOD = "another method";

    private static Contract contract;

    private final Tally tally = new Tally();
    private final List<AssertionError> failures = new ArrayList<>();

    @BeforeAll
    static void start() throws IOException {
        contract = Contract.of(Files.readString(Path.of("docs/openapi.yaml")));
    }

    @Test
    void every_answer_is_in_the_contract() throws IOException {
        try (Scene scene = new Scene();
                KeptConnection connection = new KeptConnection(scene.port())) {
            RandomDrafts drafts = drafts();
            for (int i = 0; i < REQUESTS && failures.size() < FAILURES_SHOWN; i++) {
                Draft draft = drafts.next();
                send(connection, draft, scene.values(draft));
            }
        }
        System.out.printf("Requests of the contract, by the seed %d:%n%s%n", SEED, tally);

        assertThat(failures).isEmpty();
        assertThat(tally.total()).isGreaterThanOrEqualTo(10_000);
        assertThat(tally.operations(2)).isEqualTo(contract.operations());
        assertThat(tally.operations(4)).containsAll(contract.operations());
    }

    @Test
    void what_is_beyond_a_limit_is_refused_as_the_contract_says() throws IOException {
        Map<String, String> limits = Map.of("limits.enabled", "true", "limits.address", "1/1000h");
        try (LecternServer lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), limits);
                KeptConnection connection = new KeptConnection(lectern.url().getPort())) {
            assertThat(connection
                            .exchange("GET /api/v1/books HTTP/1.1\r\nHost: books.example\r\n\r\n")
                            .status())
                    .isEqualTo(200);
            RandomDrafts drafts = drafts();
            for (int i = 0; i < REQUESTS_BEYOND_A_LIMIT && failures.size() < FAILURES_SHOWN; i++) {
                Draft draft = drafts.next();
                Outlook outlook = draft.outlook() == Outlook.SUCCESS ? Outlook.TOO_MUCH : Outlook.REFUSAL;
                // Nobody looks at what a name stands for.
                send(connection, draft.expecting(outlook), _ -> "x");
            }
        }
        System.out.printf("Requests beyond a limit, by the seed %d:%n%s%n", SEED, tally);

        assertThat(failures).isEmpty();
        assertThat(tally.operations(4)).containsAll(contract.operations());
    }

    private static long seed(String text) {
        return text.equals("random") ? ThreadLocalRandom.current().nextLong() : Long.parseLong(text);
    }

    private static RandomDrafts drafts() {
        return new RandomDrafts(contract, new Chance(new Random(SEED)));
    }

    /// Sends it and looks at what comes, which may be nothing.
    private void send(KeptConnection connection, Draft draft, UnaryOperator<String> values) throws IOException {
        try {
            Reply reply = connection.exchange(draft.request(values));
            tally.add(draft.isOfItsOperation() ? draft.operation().id() : ANOTHER_METHOD, reply.status());
            new AnswerCheck(contract).check(draft, reply);
        } catch (IOException e) {
            connection.close();
            failures.add(new AssertionError("Without an answer: " + draft.shown(), e));
        } catch (AssertionError e) {
            failures.add(e);
        }
    }
}
