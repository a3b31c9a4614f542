package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageParserTest {

    private static ParsedPage parse(String text) {
        return PageParser.parse("a.md", text, Optional.empty(), new GitHubMarkdown(false), UnaryOperator.identity());
    }

    private static ParsedPage parseMdx(String text) {
        return PageParser.parse("a.mdx", text, Optional.empty(), new GitHubMarkdown(true), UnaryOperator.identity());
    }

    private static String text(ParsedPage page) {
        return page.sections().stream()
                .flatMap(section -> section.pieces().stream())
                .map(Piece::text)
                .collect(Collectors.joining("\n"));
    }

    @Test
    void takes_the_title_from_the_first_heading_and_the_path_from_those_below() {
        ParsedPage page = parse("""
                # Title
                Intro.
                ## One
                ### Deep
                Text.
                ## Two
                More.
                """);

        assertThat(page.title()).contains("Title");
        assertThat(page.markdown()).doesNotContain("# Title");
        assertThat(page.headings()).extracting(Heading::anchor).containsExactly("one", "deep", "two");
        assertThat(page.sections())
                .extracting(section -> section.path() + "#" + section.anchor())
                .containsExactly("[]#", "[One, Deep]#deep", "[Two]#two");
    }

    @Test
    void keeps_the_first_heading_where_the_front_matter_has_another_title() {
        ParsedPage page = PageParser.parse(
                "a.md",
                "# Long title\nText.",
                Optional.of("Short"),
                new GitHubMarkdown(false),
                UnaryOperator.identity());

        assertThat(page.markdown()).startsWith("# Long title");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "## Install {#setup}",
                "## Install { #setup .wide }",
                "## Install {: #setup }",
                "## Install {/* #setup */}"
            })
    void honours_ids_that_the_author_gives(String heading) {
        assertThat(parse(heading + "\nText.").headings()).containsExactly(new Heading(2, "Install", "setup"));
    }

    @Test
    void counts_repeated_headings_past_the_title() {
        assertThat(parse("# Setup\n## Setup\nText.").headings()).containsExactly(new Heading(2, "Setup", "setup-1"));
    }

    @Test
    void strips_components_and_keeps_what_is_in_them() {
        ParsedPage page = parseMdx("""
                import Tabs from '@theme/Tabs';
                import {
                  One,
                  Two,
                } from './parts';
                export const answer = () => {
                  return <b>42</b>;
                };

                <Tabs groupId="os" values={[{label: "a > b"}]}>
                  <TabItem value="linux">

                    Run `apt <name>` first. {/* a note */}

                    ```bash
                    echo "<Tabs>" {kept}
                    ```

                  </TabItem>
                </Tabs>

                Some <Highlight color="red">marked</Highlight> text {props.version} here{' '}now.
                """);

        assertThat(text(page)).isEqualTo("""
                Run apt <name> first.
                echo "<Tabs>" {kept}
                Some marked text  here now.""");
        assertThat(page.markdown())
                .contains("```bash\necho \"<Tabs>\" {kept}\n```")
                .doesNotContain("import");
    }

    @Test
    void names_the_tabs_of_Docusaurus() {
        ParsedPage page = parseMdx("""
                <Tabs>
                  <TabItem value="l" aria-label="x" label="Linux">
                    `apt`

                    More.
                  </TabItem>
                  <TabItem value="m" label={"mac OS"}>Use `brew`.</TabItem>
                </Tabs>

                End.
                """);

        assertThat(page.markdown()).isEqualTo("**Linux**\n\n`apt`\n\nMore.\n\n**mac OS**: Use `brew`.\n\nEnd.");
    }

    @Test
    void keeps_braces_of_plain_Markdown() {
        assertThat(text(parse("A set {1, 2} and {x}."))).isEqualTo("A set {1, 2} and {x}.");
    }

    @Test
    void keeps_placeholders_and_autolinks_and_comparisons() {
        assertThat(text(parse("Run lectern <name>, see <https://a.example/b>, if a < b and c > d.")))
                .isEqualTo("Run lectern <name>, see https://a.example/b, if a < b and c > d.");
    }

    @Test
    void strips_html_and_keeps_its_text() {
        ParsedPage page = parse("""
                <h1 align="center">Big</h1>
                <div class="x"><p>First</p><p>Second</p></div>
                <ul><li>one</li><li>two</li></ul>

                H<sub>2</sub>O<br/>next <img src="x.png" alt="A picture"> <!-- hidden
                comment --> end
                <script>alert("never")</script>
                <style>p { color: red }</style>
                <details><summary>More</summary>

                Inside.

                </details>
                """);

        assertThat(page.title()).contains("Big");
        assertThat(text(page)).isEqualTo("""
                First
                Second
                - one
                - two
                H2O next A picture  end
                More
                Inside.""");
    }

    @Test
    void quotes_admonitions_of_both_sites() {
        ParsedPage page = parse("""
                :::note[Mind *this*]

                Docusaurus.

                ```js
                :::
                ```
                :::

                :::tip Old title
                Old.
                :::

                !!! warning "Careful"
                    MkDocs.

                    ??? note
                        Inner.

                === "Tab"

                    Tabbed.

                After.
                """);

        assertThat(text(page)).isEqualTo("""
                Mind this
                Docusaurus.
                :::
                Old title
                Old.
                Careful
                MkDocs.
                Note
                Inner.
                Tab
                Tabbed.
                After.""");
        assertThat(page.markdown()).contains("> **Mind *this***").endsWith("After.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ":::note[Title]",
                ":::note [Title] {.wide}",
                ":::note Title",
                "::: note[Title]{.a [b]}",
                "!!! note \"Title\"",
                "!!! note inline end \"Title\"",
                "???+ note \"Title\"",
                "??? \"Title\""
            })
    void titles_admonitions(String opening) {
        assertThat(parse(opening + "\n\n    Text.").markdown()).contains("> **Title**");
    }

    @ParameterizedTest
    @CsvSource({":::note,{", ":::note[,]{", "!!! note,{", "import 'a',x", "# Title,x{", "# Title {,x", "<b id=,{"})
    void reads_a_line_of_any_length_in_time(String start, String end) {
        for (String filling : List.of(" ", "] ", "a ", "\" ")) {
            String line = start + filling.repeat(100_000 / filling.length()) + end;
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> parseMdx(line), line.substring(0, 20));
            assertTimeoutPreemptively(Duration.ofSeconds(2), () -> parse(line), line.substring(0, 20));
        }
    }

    @Test
    void marks_entities_that_cannot_be_stored() {
        ParsedPage page = parse("# A &#xD800; B\nText &#55296; [link](a&#xDFFF;b \"&#xD800;\").\n");

        assertThat(page.title()).contains("A \uFFFD B");
        assertThat(StorableText.is(page.markdown())).isTrue();
        assertThat(StorableText.is(text(page))).isTrue();
    }

    @Test
    void nests_admonitions_by_their_colons() {
        assertThat(text(parse("::::note\nOuter.\n:::tip\nInner.\n:::\nOuter again.\n::::\nOutside.")))
                .isEqualTo("Note\nOuter.\nTip\nInner.\nOuter again.\nOutside.");
    }

    @Test
    void writes_tables_lists_and_code_as_text() {
        ParsedPage page = parse("""
                | Size | *CU* |
                |------|----|
                | small | `0.25` |

                1. First
                2. Second
                   - Nested **item**

                   ```
                   code
                   ```

                Line one
                line two\\
                broken
                """);

        assertThat(text(page)).isEqualTo("""
                Size | CU
                small | 0.25
                1. First
                2. Second
                  - Nested item
                code
                Line one line two
                broken""");
    }
}
