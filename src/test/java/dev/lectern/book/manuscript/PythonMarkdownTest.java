package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.PythonPages.parse;
import static dev.lectern.book.manuscript.PythonPages.text;
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
import org.junit.jupiter.params.provider.ValueSource;

class PythonMarkdownTest {

    @Test
    void makes_anchors_as_the_site_does() {
        ParsedPage page = parse("""
                # Setup
                ## Setup
                ## `code_x` and *more*
                ## ![Alt](x.png) Pictured
                ## Own
                ## Given {#own}
                ## Given again {: .wide #second data-x="a #third" }
                ## Closed ## { #fourth }
                ## Classed { .big }
                ## [Link](x){ #on-link } after
                ## On link
                ## A set {1, 2}

                Text.
                {: #para }

                ## Para

                !!! note
                    ## Inner

                > ## Quoted
                """);

        assertThat(page.headings())
                .extracting(heading -> heading.title() + ": " + heading.anchor())
                .containsExactly(
                        "Setup: setup_1",
                        "code_x and more: code_x-and-more",
                        "Alt Pictured: pictured",
                        "Own: own_1",
                        "Given: own",
                        "Given again: second",
                        "Closed: fourth",
                        "Classed: classed",
                        "Link after: link-after",
                        "On link: on-link_1",
                        "A set {1, 2}: a-set-1-2",
                        "Para: para_1",
                        "Inner: inner",
                        "Quoted: quoted");
    }

    @Test
    void reads_admonitions_details_and_tabs() {
        ParsedPage page = parse("""
                !!! tip "Wind *tight*"

                    Turn the wheel.

                    ??? "Why?"
                        It slips.

                        === "Left"

                            With the left hand:

                            ``` { .py .annotate }
                            wind(left)
                            ```

                        === "Right"

                            With the right.

                !!! note inline end
                    Aside.
                After.

                !!! danger ""
                    Untitled.
                """);

        assertThat(text(page)).isEqualTo("""
                Wind tight
                Turn the wheel.
                Why?
                It slips.
                Left
                With the left hand:
                wind(left)
                Right
                With the right.
                Note
                Aside.
                After.
                Untitled.""");
    }

    @Test
    void drops_icons_and_the_place_of_the_table_of_contents() {
        ParsedPage page = parse("""
                [TOC]

                # Loom

                ## :material-sheep:{ .big } Wool :smile:

                [:octicons-arrow-right-24: Spin](spin.md){ .md-button } at 10:30 `:material-sheep:`
                """);

        assertThat(page.headings()).containsExactly(new Heading(2, "Wool :smile:", "wool-smile"));
        assertThat(text(page)).isEqualTo("Spin at 10:30 :material-sheep:");
    }

    @Test
    void leaves_lines_that_only_begin_like_modules_of_Mdx() {
        assertThat(text(parse("import wool from 'sheep'"))).isEqualTo("import wool from 'sheep'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{: ", "{#a ", "x{ .a ", "`c`{ .a ", "[^", "[^1]: ", "*[A]: ", ":material-", "| a {: "})
    void reads_a_line_of_any_length_in_time(String start) {
        for (String filling : List.of(" ", "a", "a ", "[^1]", "{: ", "\"", ":material-a:")) {
            String line = start + filling.repeat(100_000 / filling.length()) + "\n";
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> parse(line), line.substring(0, 20));
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> parse("# " + line), line.substring(0, 20));
        }
    }

    @Property(tries = 400)
    void shows_no_html_and_no_unstorable_text_whatever_the_author_wrote(@ForAll("markup") String text) {
        ParsedPage page = parse(text);

        assertThat(StorableText.is(page.markdown())).isTrue();
        ShownMarkdown.assertSafe(page.markdown());
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "[^1]",
                        "[^1]: ",
                        "*[A]: ",
                        "A",
                        ": ",
                        "::: a\n",
                        "{: .x }",
                        "{ #y }",
                        "<b",
                        ">",
                        "<!--",
                        "-->",
                        "`",
                        "```\n",
                        "\n",
                        "\n\n",
                        "    ",
                        "\t",
                        "> ",
                        "- ",
                        "# ",
                        "!!! note\n",
                        "??? \"B\"\n",
                        "=== \"C\"\n",
                        ":material-d:",
                        "[TOC]",
                        "*",
                        "|",
                        "|---|\n",
                        "\\",
                        "&lt;",
                        "[",
                        "]",
                        "(x)")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
