package dev.lectern.answer;

import static dev.lectern.answer.Fixtures.CONVERSATION;
import static dev.lectern.answer.Fixtures.answer;
import static dev.lectern.answer.Fixtures.fresh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.conversation.Opening.Turn;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import dev.lectern.retrieval.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// Questions that can be read in more than one way.
class ReadingTest {

    private final Fixtures fixtures = new Fixtures();

    @Test
    void where_the_passages_of_one_reading_do_not_answer_the_next_is_tried_and_only_its_answer_is_told() {
        said(new Turn(true, "How big is a pool?"), new Turn(false, "Small."));
        ScriptedModel model = refusing(prompt -> !prompt.turns().isEmpty());
        Fixtures.Listener listener = new Fixtures.Listener();
        AnswerService service = fixtures.service(model);

        AnswerReply reply = service.write(fresh(service.ask(fixtures.question("What about wakes?"))), listener);

        assertThat(fixtures.search.queries)
                .extracting(Query::text)
                .containsExactly("How big is a pool?\nWhat about wakes?", "What about wakes?");
        assertThat(String.join("", listener.heard)).isEqualTo("startThe book says so [2].");
        assertThat(reply.content()).isEqualTo("The book says so [2].");
        assertThat(reply.grounded()).isTrue();
    }

    @Test
    void a_refusal_of_all_readings_is_told_once() {
        said(new Turn(true, "How big is a pool?"), new Turn(false, "Small."));
        ScriptedModel model = refusing(_ -> true);
        Fixtures.Listener listener = new Fixtures.Listener();
        AnswerService service = fixtures.service(model);

        AnswerReply reply = service.write(fresh(service.ask(fixtures.question("Why?"))), listener);

        assertThat(model.prompts).hasSize(2);
        assertThat(String.join("", listener.heard)).isEqualTo("start" + LanguageModel.NO_ANSWER + "\n");
        assertThat(reply.content()).isEqualToIgnoringWhitespace(LanguageModel.NO_ANSWER);
        assertThat(reply.grounded()).isFalse();
    }

    @Test
    void a_model_that_has_failed_is_not_called_for_another_reading() {
        said(new Turn(true, "How big is a pool?"), new Turn(false, "Small."));
        ScriptedModel failing = ScriptedModel.failingAfter();
        AnswerService service =
                fixtures.service(failing, refusing(prompt -> !prompt.turns().isEmpty()));

        AnswerReply reply = answer(service, fixtures.question("What about wakes?"));

        assertThat(reply.content()).isEqualTo("The book says so [2].");
        assertThat(reply.degraded()).isEqualTo(new Degraded("language-model-unavailable", 30));
        assertThat(failing.prompts).hasSize(1);
    }

    private void said(Turn... turns) {
        fixtures.dialogue.turns.put(CONVERSATION, new ArrayList<>(List.of(turns)));
    }

    /// A model that writes its refusal in pieces, as one behind a network does.
    private static ScriptedModel refusing(Predicate<Prompt> refused) {
        return new ScriptedModel("scripted", (prompt, text) -> {
            List<String> pieces = refused.test(prompt)
                    ? List.of("The book ", LanguageModel.NO_ANSWER.substring(9), "\n")
                    : List.of("The book ", "says so [2].");
            pieces.forEach(text);
            return new Reply(!refused.test(prompt));
        });
    }
}
