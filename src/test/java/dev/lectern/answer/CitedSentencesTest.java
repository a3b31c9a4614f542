package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CitedSentencesTest {

    @Test
    void a_reference_before_or_after_the_full_stop_belongs_to_its_sentence() {
        assertThat(CitedSentences.of("A pool waits. It holds them. [1] A wake takes time [2]."))
                .containsEntry(1, List.of("It holds them."))
                .containsEntry(2, List.of("A wake takes time."));
    }

    @Test
    void several_references_share_a_sentence_and_one_has_several_sentences() {
        assertThat(CitedSentences.of("Both say so [1, 2]. So does this [2][3]."))
                .containsEntry(1, List.of("Both say so."))
                .containsEntry(2, List.of("Both say so.", "So does this."))
                .containsEntry(3, List.of("So does this."));
    }

    @Test
    void what_a_colon_introduces_is_cited_too() {
        assertThat(CitedSentences.of("Castes [4]:\n\n- Queen: lays\n- Worker\n\nMore. [2]"))
                .containsEntry(4, List.of("Castes:", "Queen: lays", "Worker"));
        assertThat(CitedSentences.of("Run [4]:\n\n```\nscale --unit a[1]\n```"))
                .containsOnlyKeys(4)
                .containsEntry(4, List.of("Run:", "scale --unit a[1]"));
    }

    @Test
    void brackets_in_code_refer_to_nothing() {
        assertThat(CitedSentences.of("Not `a[1]` but [2].")).containsOnlyKeys(2);
        assertThat(CitedSentences.of("[1]")).containsEntry(1, List.of());
    }
}
