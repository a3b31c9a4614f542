package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.PythonPages.parse;
import static dev.lectern.book.manuscript.PythonPages.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

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
    void reads_the_descriptions_of_terms_as_text() {
        ParsedPage page = parse("""
                : No term.

                Warp
                :   What is held
                    in tension.

                    - tied
                    - tight

                    ```
                    : code
                    ```

                Weft

                :   What goes through.
                :   Also woof.

                After: all.
                """);

        assertThat(text(page)).isEqualTo("""
                : No term.
                Warp
                What is held in tension.
                - tied
                - tight
                : code
                Weft
                What goes through.
                Also woof.
                After: all.""");
    }

    @Test
    void goes_on_with_a_definition_after_one_in_it() {
        ParsedPage page = parse("""
                Loom
                :   A frame.

                    Warp[^1]
                    :   Held in tension.

                        Tied on.

                        [^1]: Or chain.

                    Its width counts.

                Not of the loom.
                """);

        assertThat(page.markdown())
                .isEqualTo("Loom\n\nA frame.\n\nWarp\n\nHeld in tension.\n\nTied on.\n\nOr chain.\n\n"
                        + "Its width counts.\n\nNot of the loom.");
    }

    @Test
    void leaves_colons_that_describe_nothing() {
        assertThat(text(parse("""
                        Ratio
                        :1 and
                        a: b

                            sudo install: now

                        ```
                        term
                        : "${HOME:?}"
                        ```
                        """))).isEqualTo("Ratio :1 and a: b\nsudo install: now\nterm\n: \"${HOME:?}\"");
    }

    @Test
    void reads_footnotes_but_no_lists_of_GitHub() {
        String markdown = """
                # Wool

                Warm[^1] and [^dry]. See [^2].

                [^1]: Sheep.

                    More of it.

                [^dry]: <https://a.example>

                Term
                : no list
                """;

        ParsedPage page = PageParser.parse(
                "a.md", markdown, Optional.empty(), new GitHubMarkdown(false), UnaryOperator.identity());

        assertThat(text(page)).isEqualTo("Warm and. See [^2].\nSheep.\nMore of it.\nhttps://a.example\nTerm : no list");
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
}
