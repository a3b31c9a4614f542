package dev.lectern.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.openapi.Draft.Outlook;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.RawHttp.Reply;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Holds what was answered to what the contract says of it.
record AnswerCheck(Contract contract) {

    private static final String PROBLEM = "urn:lectern:problem:";

    /// What is told where the server cannot say which part is at fault.
    private static final Set<String> PLACELESS =
            Set.of("The request line, a header, the path or the query cannot be read or is ambiguous.");

    void check(Draft draft, Reply reply) throws IOException {
        Supplier<String> exchange = () -> draft.shown() + "\n→ " + reply;
        Outlook outlook = draft.outlook();
        assertThat(reply.status()).as(exchange).isNotEqualTo(500).isBetween(outlook.lowest(), outlook.highest());
        assertThat(reply.header("X-Request-Id")).as(exchange).isNotBlank();
        if (reply.status() >= 400) {
            checkProblem(reply, exchange);
        }
        if (draft.isOfItsOperation()) {
            assertThat(contract.breaches(draft.operation().id(), answer(reply)))
                    .as(exchange)
                    .isEmpty();
        } else {
            assertThat(reply.status()).as(exchange).isGreaterThanOrEqualTo(400);
        }
    }

    /// What the contract says in words of every refusal.
    private static void checkProblem(Reply reply, Supplier<String> exchange) throws IOException {
        JsonNode problem = reply.json();
        assertThat(reply.header("Content-Type")).as(exchange).isEqualTo("application/problem+json");
        assertThat(problem.at("/type").asText()).as(exchange).startsWith(PROBLEM);
        assertThat(problem.at("/status").asInt()).as(exchange).isEqualTo(reply.status());
        assertThat(problem.at("/title").asText()).as(exchange).isNotBlank();
        assertThat(problem.at("/detail").asText()).as(exchange).isNotBlank();
        assertThat(problem.at("/instance").asText()).as(exchange).isEqualTo(reply.header("X-Request-Id"));
        if (reply.status() == 400) {
            assertThat(problem.at("/errors").isEmpty())
                    .as(exchange)
                    .isEqualTo(PLACELESS.contains(problem.at("/detail").asText()));
        }
        if (reply.status() == 405) {
            assertThat(reply.header("Allow")).as(exchange).isNotNull();
        }
    }

    private static LecternClient.Reply answer(Reply reply) {
        Map<String, List<String>> headers = new HashMap<>();
        reply.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new LecternClient.Reply(reply.status(), headers, reply.body());
    }
}
