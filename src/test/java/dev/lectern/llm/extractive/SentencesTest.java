package dev.lectern.llm.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void ends_at_marks_before_a_capital() {
        assertThat(Sentences.of("One goes. Two (see there.) Three? \"Four!\" Five"))
                .containsExactly("One goes.", "Two (see there.)", "Three?", "\"Four!\"", "Five");
    }

    @Test
    void does_not_end_at_abbreviations_numbers_and_file_names() {
        assertThat(Sentences.of("Sensors (e.g. Hokuyo, cf. Fig. 3) cost 1.5 as setup.py says. Dr. Who agrees."))
                .containsExactly("Sensors (e.g. Hokuyo, cf. Fig. 3) cost 1.5 as setup.py says.", "Dr. Who agrees.");
    }
}
