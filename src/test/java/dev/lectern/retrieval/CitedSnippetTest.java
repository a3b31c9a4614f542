package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class CitedSnippetTest {

    private static final String FILLER = "Nothing of interest is said in this sentence at all, nor in its neighbours. ";
    private static final String PERMIT = "A permit is the right to use one connection.";
    private static final String QUEUE = "Requests queue for a permit in the order of their importance.";

    @Test
    void a_short_passage_is_its_own_snippet_in_one_line() {
        assertThat(CitedSnippet.of("Pools.\n" + PERMIT, List.of(PERMIT))).contains("Pools. " + PERMIT);
    }

    @Test
    void it_begins_with_the_cited_sentence_and_goes_on_from_there() {
        assertThat(snippet(FILLER.repeat(4) + PERMIT + " " + FILLER.repeat(4), PERMIT))
                .startsWith(PERMIT + " Nothing of interest")
                .endsWith("…");
    }

    @Test
    void sentences_that_stand_apart_are_both_there_in_the_order_of_the_passage() {
        String text = FILLER.repeat(4) + PERMIT + " " + FILLER.repeat(3) + QUEUE + " " + FILLER;

        assertThat(snippet(text, QUEUE, PERMIT)).startsWith(PERMIT + " … " + QUEUE + " Nothing");
    }

    @Test
    void sentences_that_are_too_long_together_are_each_begun_and_a_short_one_stays_whole() {
        String one = "First, " + "a word and ".repeat(20) + "no end.";
        String other = "Second, " + "another word and ".repeat(20) + "no end.";

        assertThat(snippet(FILLER + one + " " + FILLER + PERMIT + " " + FILLER + other, one, PERMIT, other))
                .startsWith("First, a word")
                .contains(" … " + PERMIT + " … Second, another word")
                .hasSizeGreaterThan(200);
    }

    @Test
    void a_heading_before_a_sentence_and_a_full_stop_after_an_item_are_not_looked_for() {
        String text = FILLER.repeat(4) + "\n- queue: who waits\n- " + FILLER.repeat(4);

        assertThat(snippet(text, "Parts of a pool: queue: who waits.")).startsWith("…queue: who waits");
    }

    @Test
    void for_other_words_it_begins_with_the_sentence_that_is_nearest_to_them() {
        String text = FILLER.repeat(4) + PERMIT + " " + FILLER.repeat(4) + "A permit is free.";

        assertThat(snippet(text, "Whoever holds a permit may use exactly one connection"))
                .startsWith(PERMIT);
    }

    @Test
    void at_the_end_of_a_passage_it_tells_what_went_before() {
        assertThat(snippet(FILLER.repeat(4) + PERMIT, PERMIT))
                .startsWith("Nothing of interest")
                .endsWith(PERMIT);
    }

    @Test
    void there_is_none_where_the_passage_has_nothing_of_what_is_cited() {
        assertThat(CitedSnippet.of(FILLER.repeat(5), List.of("Bees dance."))).isEmpty();
        assertThat(CitedSnippet.of(FILLER.repeat(5), List.of())).isEmpty();
    }

    @Property(tries = 300)
    void it_is_never_longer_than_240(
            @ForAll @StringLength(max = 900) String text,
            @ForAll @Size(max = 5) List<@StringLength(max = 200) String> cited) {
        assertThat(CitedSnippet.of(text + FILLER.repeat(3) + text, cited).orElse(""))
                .hasSizeLessThanOrEqualTo(240);
    }

    private static String snippet(String text, String... cited) {
        return CitedSnippet.of(text, List.of(cited)).orElseThrow();
    }
}
