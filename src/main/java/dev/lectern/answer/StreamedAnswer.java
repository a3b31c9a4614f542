package dev.lectern.answer;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Citation;
import dev.lectern.problem.Problem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// An answer as a stream: `start`, `delta`s, `citations`, and `done` or `error`. The ids of its events say how far a
/// client has come.
final class StreamedAnswer implements Audience {

    private static final Duration RETRY = Duration.ofSeconds(3);

    private final EventStream events;
    private int offset;
    private EventId id = new EventId(new UUID(0, 0), 0);

    StreamedAnswer(EventStream events) {
        this.events = events;
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    private record Start(UUID conversationId, UUID questionId, UUID answerId) {}

    private record Delta(String text) {}

    private record Cited(List<Citation> citations) {}

    @Override
    public void started(UUID conversation, UUID question, UUID answer) throws IOException {
        id = new EventId(answer, offset);
        events.event("start", id, new Start(conversation, question, answer));
    }

    @Override
    public void wrote(String text) throws IOException {
        offset += text.length();
        id = new EventId(id.answer(), offset);
        events.event("delta", id, new Delta(text));
    }

    @Override
    public void waited() throws IOException {
        events.comment();
    }

    /// The text is whole, and is stored or is not.
    void finished(AnswerReply reply) throws IOException {
        events.event("citations", id, new Cited(reply.citations()));
        events.event("done", id, reply.withoutContent());
    }

    void failed(Problem problem) throws IOException {
        Duration retry = problem.retryAfter();
        events.failure(problem, retry == null ? RETRY : retry);
    }

    /// Tells a stored answer, without what the client has of its text.
    ///
    /// @param seen how far the client has come; 0 where it knows nothing
    void replay(Answer answer, int seen) throws IOException {
        String rest = new EventId(answer.id(), seen).rest(answer.content());
        offset = answer.content().length() - rest.length();
        started(answer.conversation(), answer.question(), answer.id());
        if (!rest.isEmpty()) {
            wrote(rest);
        }
        finished(AnswerReply.saved(answer, null));
    }
}
