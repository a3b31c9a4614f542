package dev.lectern.llm.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Speaker;
import dev.lectern.llm.Prompt.Turn;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    private static final List<Turn> TURNS =
            List.of(new Turn(Speaker.READER, "What do bees eat?"), new Turn(Speaker.ASSISTANT, "Honey. [1]"));

    @Test
    void a_question_that_leans_on_the_last_one_is_about_its_terms_too() {
        assertThat(terms("And how do they communicate?", TURNS)).containsExactlyInAnyOrder("communic", "bee", "eat");
    }

    @Test
    void one_that_says_nothing_or_was_refused_is_not_leant_on() {
        var turns = List.of(
                TURNS.getFirst(),
                TURNS.getLast(),
                new Turn(Speaker.READER, "Why?"),
                new Turn(Speaker.ASSISTANT, "The brood is fed with it. [4]"),
                new Turn(Speaker.READER, "Who won the cup?"),
                new Turn(Speaker.ASSISTANT, LanguageModel.NO_ANSWER));

        assertThat(terms("Tell me more", turns)).containsExactlyInAnyOrder("bee", "eat");
    }

    @ParameterizedTest
    @ValueSource(strings = {"What is a process?", "What's a process?", "Define process", "What does process mean?"})
    void a_question_that_names_its_subject_leans_on_nothing_however_general_the_word(String question) {
        assertThat(terms(question, TURNS)).containsExactly("process");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "Thanks!", "Thank you.", "OK"})
    void a_courtesy_asks_for_nothing(String courtesy) {
        assertThat(terms(courtesy, TURNS)).isEmpty();
    }

    private static Set<String> terms(String question, List<Turn> turns) {
        return Question.of(new Prompt(question, null, turns, List.of())).terms().keySet();
    }
}
