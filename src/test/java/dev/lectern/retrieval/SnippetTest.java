package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.retrieval.AnalyzedPassages.Analyzed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class SnippetTest {

    private static final String FILLER = "Nothing of interest is said in this sentence at all, nor in its neighbours. ";

    private final BookAnalyzer analyzer = new BookAnalyzer();

    @Test
    void a_short_passage_is_its_own_snippet_in_one_line() {
        assertThat(snippet("A pool\n keeps  connections.", "pool")).isEqualTo("A pool keeps connections.");
    }

    @Test
    void it_starts_at_the_sentence_that_fits_best() {
        String text = FILLER.repeat(4) + "A pool keeps connections open. " + FILLER.repeat(4);

        assertThat(snippet(text, "pool"))
                .startsWith("A pool keeps connections open.")
                .endsWith("…");
    }

    @Test
    void it_starts_neither_after_an_abbreviation_nor_at_a_full_stop() {
        String text = FILLER.repeat(4) + "It was Dr. Pool who came. … " + FILLER.repeat(4);

        assertThat(snippet(text, "pool")).startsWith("It was Dr. Pool who came. …");
    }

    @Test
    void in_an_endless_sentence_it_starts_at_the_word() {
        String text = "word ".repeat(100) + "pool " + "word ".repeat(100);

        assertThat(snippet(text, "pool")).startsWith("…pool word").endsWith("…");
    }

    @Test
    void at_the_end_of_a_passage_it_tells_what_went_before() {
        assertThat(snippet(FILLER.repeat(4) + "Here is the pool.", "pool"))
                .startsWith("Nothing of interest")
                .endsWith("Here is the pool.");
    }

    @Test
    void it_begins_with_the_passage_where_nothing_fits() {
        assertThat(snippet(FILLER.repeat(5), "pool")).startsWith("Nothing of interest");
        assertThat(snippet("x".repeat(1000), "pool"))
                .hasSizeLessThanOrEqualTo(240)
                .endsWith("…");
    }

    @Property(tries = 200)
    void it_is_never_longer_than_240(@ForAll @StringLength(max = 2000) String text) {
        assertThat(Snippet.of(Analyzed.of(text, analyzer), term -> term.length()))
                .hasSizeLessThanOrEqualTo(240);
    }

    private String snippet(String text, String wanted) {
        return Snippet.of(Analyzed.of(text, analyzer), term -> term.equals(wanted) ? 1 : 0);
    }
}
