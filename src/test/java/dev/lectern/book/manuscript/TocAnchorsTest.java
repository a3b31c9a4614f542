package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TocAnchorsTest {

    /// What Python-Markdown 3.4 and PyMdown 9.5 make of the titles.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "What's new?|whats-new|whats-new|whats-new|Whats-new",
                "A & B|a-b|a-b|a--b|A--B",
                "a – b — c|a-b-c|a-b-c|a--b--c|a--b--c",
                "Größe und Öl|groe-und-ol|größe-und-öl|größe-und-öl|Größe-und-Öl",
                "snake_case stays|snake_case-stays|snake_case-stays|snake_case-stays|snake_case-stays",
                "日本語 見出し|''|日本語-見出し|日本語-見出し|日本語-見出し",
                "हिन्दी शब्द|''|हनद-शबद|हनद-शबद|हनद-शबद",
                "Isaac™ 🚀 go|isaactm-go|isaac-go|isaac--go|Isaac--go",
                "½ ﬁne № 5|12-fine-no-5|½-ﬁne-5|½-ﬁne--5|½-ﬁne--5",
                "'  -- dashes --  '|-dashes-|-dashes-|---dashes---|---dashes---",
                "İstanbul|istanbul|i̇stanbul|istanbul|İstanbul",
                "x < y > z|x-y-z|x-y-z|x--z|x--z"
            })
    void makes_slugs_as_the_site_does(String title, String ascii, String unicode, String pymdown, String cased) {
        assertThat(TocSlug.ASCII.of(title)).isEqualTo(ascii);
        assertThat(TocSlug.UNICODE.of(title)).isEqualTo(unicode);
        assertThat(TocSlug.PYMDOWN.of(title)).isEqualTo(pymdown);
        assertThat(TocSlug.PYMDOWN_CASED.of(title)).isEqualTo(cased);
    }

    @Test
    void numbers_anchors_that_were_had_before() {
        TocAnchors anchors = new TocAnchors(TocSlug.ASCII, List.of("own"));

        assertThat(List.of("Setup", "Setup", "Setup", "Setup_1", "Setup 1", "Own", "???", "!", "Setup", "Setup_2"))
                .extracting(anchors::anchor)
                .containsExactly(
                        "setup", "setup_1", "setup_2", "setup_3", "setup-1", "own_1", "_1", "_2", "setup_4", "setup_5");
    }

    @Property
    void gives_no_anchor_twice(@ForAll("titles") List<String> titles) {
        TocAnchors anchors = new TocAnchors(TocSlug.ASCII, List.of("a_1"));

        assertThat(titles).extracting(anchors::anchor).doesNotHaveDuplicates().doesNotContain("", "a_1");
    }

    @Provide
    Arbitrary<List<String>> titles() {
        return Arbitraries.of("a", "a_1", "a_2", "a_1_1", "b", "?", "_1", "a_999999999999999999")
                .list();
    }

    @Test
    void numbers_many_equal_titles_in_time() {
        TocAnchors anchors = new TocAnchors(TocSlug.ASCII, List.of());

        assertTimeoutPreemptively(Duration.ofSeconds(5), () -> {
            for (int i = 0; i < 100_000; i++) {
                anchors.anchor("x");
                anchors.anchor("x_" + i);
            }
        });
    }
}
