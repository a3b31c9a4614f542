package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonMarkdownTest {

    private static ParsedPage parse(String text) {
        return PageParser.parse(
                "a.md",
                text,
                Optional.empty(),
                new PythonMarkdown(TocSlug.ASCII, UnaryOperator.identity()),
                UnaryOperator.identity());
    }

    private static String text(ParsedPage page) {
        return page.sections().stream()
                .flatMap(section -> section.pieces().stream())
                .map(Piece::text)
                .collect(Collectors.joining("\n"));
    }

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
    void keeps_the_text_of_footnotes_where_it_is_defined() {
        ParsedPage page = parse("""
                Wool[^1] is warm[^the source]. Silk [^2] is not [^2].

                [^1]: From *sheep*.
                [^the source]:
                    A long note
                    of two lines.

                    With a second paragraph,

                    ```
                    [^1]: and code
                    ```

                [^2]: single

                Set `[^1]` and [^0-9] stay.
                """);

        assertThat(text(page)).isEqualTo("""
                Wool is warm. Silk is not.
                From sheep.
                A long note of two lines.
                With a second paragraph,
                [^1]: and code
                single
                Set [^1] and [^0-9] stay.""");
    }

    @Test
    void keeps_footnotes_of_an_admonition_in_it() {
        assertThat(parse("!!! note\n\tWool[^a] is **warm[^a]**.\n\n\t[^a]: Sheep.\n\t\tMore.\n\nAfter.")
                        .markdown())
                .isEqualTo("> **Note**\n> \n> Wool is **warm**.\n> \n> Sheep.\n> More.\n\nAfter.");
    }

    @Test
    void says_what_the_abbreviations_of_the_page_stand_for() {
        ParsedPage page = parse("""
                The HTML of a W3C page.

                *[HTML]: Hyper Text Markup Language
                *[W3C]:  World Wide Web Consortium
                *[CSS]: Cascading Style Sheets

                ```
                *[HTML]: code
                ```
                """);

        assertThat(text(page)).isEqualTo("""
                The HTML of a W3C page.
                HTML: Hyper Text Markup Language
                W3C: World Wide Web Consortium
                *[HTML]: code""");
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
                After.""");
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
        Parser.builder().build().parse(page.markdown()).accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlBlock html) {
                throw new AssertionError(html.getLiteral());
            }

            @Override
            public void visit(HtmlInline html) {
                throw new AssertionError(html.getLiteral());
            }
        });
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "[^1]",
                        "[^1]: ",
                        "*[A]: ",
                        "A",
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
