package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.answer.FollowUp.Reading;
import dev.lectern.conversation.Opening.Turn;
import dev.lectern.llm.LanguageModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowUpTest {

    private static final String EARLIER = "How many connections does a small compute allow?";
    private static final List<Turn> TURNS = List.of(new Turn(true, EARLIER), new Turn(false, "It allows 97. [1]"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "What is Neon?",
                "What is a permit?",
                "What's idempotency?",
                "What are permits?",
                "What does 503 mean?",
                "Who is a reader?",
                "Define goodput",
                "Explain back-pressure",
                "Tell me about PgBouncer",
                "And what is a circuit breaker?",
                "So what does PgBouncer do?",
                "What is a limit?",
                "What is the code that tells the kind of an error?",
                "What is a cold start and how long does it take?",
                "How is an idempotency key checked against stored requests?",
                "And how does a client recognise the repetition of requests?"
            })
    void a_question_that_says_what_it_asks_about_is_read_alone(String question) {
        assertThat(searched(question, TURNS)).containsExactly(question);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Why?",
                "And how?",
                "How long?",
                "How big?",
                "Which port?",
                "Tell me more",
                "Can you give an example?",
                "What happens next?",
                "And how do I set it?",
                "How does that work?",
                "What does that mean?",
                "What about the pooled one?",
                "And what about larger ones?",
                "What about PgBouncer?",
                "And a permit?",
                "And for a compute with 0.5 CU?",
                "For a larger compute?",
                "Can it be raised by restarting?",
                "What is the default?",
                "What are the advantages?"
            })
    void a_question_that_lives_on_what_was_said_is_read_with_it_and_then_alone(String question) {
        assertThat(searched(question, TURNS)).containsExactly(EARLIER + "\n" + question, question);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pool size?", "How do I start?", "How many connections?", "Is there a limit for replicas?"})
    void a_few_words_that_may_be_either_are_read_alone_and_then_with_what_was_said(String question) {
        assertThat(searched(question, TURNS)).containsExactly(question, EARLIER + "\n" + question);
    }

    @Test
    void what_was_said_is_the_last_question_that_does_not_live_on_another() {
        List<Turn> turns = List.of(
                new Turn(true, EARLIER),
                new Turn(false, "It allows 97. [1]"),
                new Turn(true, "Why?"),
                new Turn(false, "Memory. [2]"));

        assertThat(searched("And then?", turns)).containsExactly(EARLIER + "\nAnd then?", "And then?");
        assertThat(searched("Why?", List.of(new Turn(true, "And now?")))).containsExactly("And now?\nWhy?", "Why?");
        assertThat(searched("Why?", List.of())).containsExactly("Why?");
    }

    @Test
    void a_question_that_was_refused_does_not_count() {
        Turn refused = new Turn(true, "Who won the world cup?");
        Turn refusal = new Turn(false, LanguageModel.NO_ANSWER);

        assertThat(searched("Why?", List.of(refused, refusal))).containsExactly("Why?");
        assertThat(searched("Why?", List.of(TURNS.get(0), TURNS.get(1), refused, refusal)))
                .containsExactly(EARLIER + "\nWhy?", "Why?");
    }

    @Test
    void a_second_reading_alone_knows_nothing_of_what_was_said() {
        assertThat(FollowUp.readings("What about PgBouncer?", TURNS))
                .extracting(Reading::turns)
                .containsExactly(TURNS, List.of());
        assertThat(FollowUp.readings("Pool size?", TURNS))
                .extracting(Reading::turns)
                .containsExactly(TURNS, TURNS);
    }

    private static List<String> searched(String question, List<Turn> turns) {
        return FollowUp.readings(question, turns).stream().map(Reading::words).toList();
    }
}
