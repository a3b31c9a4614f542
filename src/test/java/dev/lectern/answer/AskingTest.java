package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.Fixtures.answer;
import static dev.lectern.answer.Fixtures.assertProblem;
import static dev.lectern.answer.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Opening;
import dev.lectern.conversation.Question;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Which questions are answered, were answered before, or are refused.
class AskingTest {

    private final Fixtures fixtures = new Fixtures();

    @Test
    void another_readers_conversation_is_none() {
        Question mine = fixtures.question("Why?");
        Question other = new Question(
                mine.id(),
                mine.answerId(),
                new ReaderId(fixtures.id()),
                CONVERSATION,
                false,
                null,
                "Why?",
                null,
                null,
                null);

        assertThat(fixtures.service(ScriptedModel.writing("x")).ask(other)).isEqualTo(new Asked.NoConversation());
    }

    @Test
    void the_same_request_again_is_answered_from_the_store() {
        ScriptedModel model = ScriptedModel.writing("Because [1].");
        AnswerService service = fixtures.service(model);
        AnswerReply first = answer(service, fixtures.question("Why?", "k"));

        Asked again = service.ask(fixtures.question("Why?", "k"));

        assertThat(again)
                .isInstanceOfSatisfying(
                        Asked.Stored.class,
                        stored -> assertThat(AnswerReply.saved(stored.answer(), null))
                                .isEqualTo(first));
        assertThat(model.prompts).hasSize(1);
    }

    @Test
    void a_key_of_another_request_is_refused() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        answer(service, fixtures.question("Why?", "k"));

        assertProblem(422, "idempotency-key-reused", () -> service.ask(fixtures.question("How?", "k")));
    }

    @Test
    void while_a_request_runs_its_key_is_refused_without_a_look_at_the_database() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        OpenQuestion running = fresh(service.ask(fixtures.question("Why?", "k")));
        fixtures.dialogue.failing(true, true);

        assertProblem(409, "request-running", () -> service.ask(fixtures.question("Why?", "k")));
        assertProblem(422, "idempotency-key-reused", () -> service.ask(fixtures.question("How?", "k")));

        fixtures.dialogue.failing(false, false);
        service.write(running, Audience.PATIENT);
        assertThat(service.ask(fixtures.question("Why?", "k"))).isInstanceOf(Asked.Stored.class);
    }

    @Test
    void a_claim_held_elsewhere_is_refused() {
        DialogueStub elsewhere = new DialogueStub(new Opening.Running());
        AnswerService service = new AnswerService(
                elsewhere, new Generations(1, fixtures.shares), writer(elsewhere), fixtures::nanoTime);

        assertProblem(409, "request-running", () -> service.ask(fixtures.question("Why?", "k")));
        assertProblem(409, "request-running", () -> service.ask(fixtures.question("Why?", "k")));
    }

    @Test
    void a_question_beyond_what_is_answered_at_a_time_is_refused_before_it_is_stored() {
        AnswerService service = fixtures.service(ScriptedModel.writing("Because."));
        List<OpenQuestion> open = new ArrayList<>();
        for (int i = 0; i < Fixtures.QUICK.most(); i++) {
            open.add(fresh(service.ask(fixtures.question("Why?"))));
        }
        Question beyond = fixtures.question("Why?", "k");

        assertProblem(503, "too-many-answers", () -> service.ask(beyond));
        assertThat(fixtures.dialogue.opened).hasSize(Fixtures.QUICK.most());

        service.write(open.getFirst(), Audience.PATIENT);
        assertThat(service.ask(beyond)).isInstanceOf(Asked.Fresh.class);
    }

    private AnswerWriter writer(DialogueStub dialogue) {
        return new AnswerWriter(
                dialogue,
                fixtures.search,
                ScriptedModel.writing(),
                null,
                () -> Fixtures.NOW,
                Fixtures.QUICK,
                AnswerListener.NONE);
    }
}
