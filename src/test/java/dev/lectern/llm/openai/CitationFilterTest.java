package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationFilterTest {

    private static final Set<Integer> PASSAGES = Set.of(1, 2, 3);

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "Moss [1].; Moss [1].",
                "Moss [9].; Moss.",
                "Moss [1][2].; Moss [1][2].",
                "Moss [1] [2].; Moss [1] [2].",
                "Moss [1, 2].; Moss [1][2].",
                "Moss [1-3].; Moss [1][2][3].",
                "Moss [2, 9].; Moss [2].",
                "Moss [0] grows.; Moss grows.",
                "Moss [12345678901234] grows.; Moss grows.",
                "- [ ] to do; - [ ] to do",
                "[see 1] and [[1]]; [see 1] and [[1]]",
                "Take `moss[9]` here [9].; Take `moss[9]` here.",
                "An open [1; An open [1"
            })
    void keeps_only_citations_of_passages(String text, String shown) {
        assertThat(filtered(text, 0)).isEqualTo(shown);
    }

    @Test
    void leaves_code_as_it_is() {
        String code = "Thus [1]:\n```python\na[9] = b[10]  # `x`\n```\nand then [9].";

        assertThat(filtered(code, 0)).isEqualTo("Thus [1]:\n```python\na[9] = b[10]  # `x`\n```\nand then.");
    }

    @Test
    void a_lonely_backtick_spoils_one_line_only() {
        assertThat(filtered("a ` b [9]\nc [9]", 0)).isEqualTo("a ` b [9]\nc");
    }

    @Property
    void where_the_pieces_are_cut_changes_nothing(@ForAll @IntRange(min = 1, max = 60) int at) {
        String text = "Moss [1, 9] and `x[9]` then [2][7] so ``[3]`` it [1-2] is [99].";

        assertThat(filtered(text, at)).isEqualTo("Moss [1] and `x[9]` then [2] so ``[3]`` it [1][2] is.");
    }

    @Test
    void knows_whether_a_passage_was_cited() {
        var filter = new CitationFilter(PASSAGES);

        filter.next("Moss [9] ");
        assertThat(filter.cited()).isFalse();

        filter.next("is green [3]");
        assertThat(filter.cited()).isTrue();
    }

    /// Cut in two at a place, or into single characters at 0.
    private static String filtered(String text, int at) {
        var filter = new CitationFilter(PASSAGES);
        var shown = new StringBuilder();
        if (at == 0) {
            text.chars().forEach(c -> shown.append(filter.next(Character.toString(c))));
        } else {
            shown.append(filter.next(text.substring(0, at))).append(filter.next(text.substring(at)));
        }
        return shown.append(filter.rest()).toString();
    }
}
