package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.retrieval.AnalyzedPassages.Analyzed;
import dev.lectern.retrieval.BookAnalyzer.Occurrence;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnalyzedPassagesTest {

    private final AnalyzedPassages passages = new AnalyzedPassages(
            List.of(
                    Texts.passage("book", "pools", "Pools", "A pool\n keeps connections."),
                    Texts.passage("book", "pools", "Permits", "Permits.")),
            new BookAnalyzer());

    @Test
    void a_passage_is_analyzed_in_one_line() {
        Analyzed first = passages.get(0);

        assertThat(first.line()).isEqualTo("A pool keeps connections.");
        assertThat(first.occurrences()).extracting(Occurrence::term).containsExactly("pool", "keep", "connect");
        assertThat(first.occurrences())
                .extracting(occurrence -> first.line().substring(occurrence.start(), occurrence.end()))
                .containsExactly("pool", "keeps", "connections");
    }

    @Test
    void a_passage_is_analyzed_once() {
        assertThat(passages.get(1)).isSameAs(passages.get(1)).isNotEqualTo(passages.get(0));
    }
}
