package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.Draft.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrontMatterTest {

    @Test
    void reads_texts_numbers_and_flags() {
        FrontMatter frontMatter = FrontMatter.of("a.md", """
                ---
                title: "One: two"
                sidebar_position: 2.5
                draft: true
                ---
                Text.
                """);

        assertThat(frontMatter.text("title")).contains("One: two");
        assertThat(frontMatter.number("sidebar_position")).hasValue(2.5);
        assertThat(frontMatter.flag("draft")).isTrue();
        assertThat(frontMatter.lines()).isEqualTo(5);
    }

    @Test
    void takes_a_number_in_quotes_for_a_number() {
        assertThat(FrontMatter.of("a.md", "---\nsidebar_position: '3'\n---\n").number("sidebar_position"))
                .hasValue(3);
    }

    @Test
    void names_the_line_of_a_mistake() {
        Flaw.BadYaml flaw =
                flaw(Flaw.BadYaml.class, () -> FrontMatter.of("guide/a.md", "---\ntitle: One: two\n---\nText."));

        assertThat(flaw.file()).isEqualTo("guide/a.md");
        assertThat(flaw.line()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\0b\"", "\"\\x00\"", "\"\\ud800\""})
    void refuses_what_the_database_cannot_store(String title) {
        flaw(Flaw.BadYaml.class, () -> FrontMatter.of("a.md", "---\ntitle: " + title + "\n---\n"));
        flaw(Flaw.BadYaml.class, () -> FrontMatter.ofFile("mkdocs.yml", "site_name: " + title));
    }

    @Test
    void takes_whole_surrogate_pairs() {
        assertThat(FrontMatter.of("a.md", "---\ntitle: \"\\U0001F600\"\n---\n").text("title"))
                .contains("\uD83D\uDE00");
    }

    @Test
    void leaves_a_page_alone_that_begins_with_a_rule_across_it() {
        assertThat(FrontMatter.of("a.md", "---\nJust text\n---\nMore.").lines()).isZero();
        assertThat(FrontMatter.of("a.md", "---\nnever closed\n").lines()).isZero();
        assertThat(FrontMatter.of("a.md", "----\na: b\n---\n").lines()).isZero();
    }

    @Test
    void allows_empty_front_matter() {
        assertThat(FrontMatter.of("a.md", "---\n---\nText.").lines()).isEqualTo(2);
    }

    @Test
    void does_not_let_aliases_grow() {
        StringBuilder bomb = new StringBuilder("---\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ",").repeat(9) + "*a" + (i - 1) + "]\n");
        }

        assertThat(FrontMatter.of("a.md", bomb + "title: small\n---\n").text("title"))
                .contains("small");
    }
}
