package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMarkdownTest {

    private static ParsedPage parse(String text) {
        return PageParser.parse("a.md", text, Optional.empty(), new GitHubMarkdown(false), UnaryOperator.identity());
    }

    @Test
    void notes_the_language_of_code_and_drops_the_rest() {
        assertThat(parse("```python title=\"a.py\" {1,3}\nx = 1\n```").markdown())
                .startsWith("```python\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[x](javascript:alert)",
                "[x](JaVa%53cript:1)",
                "![x](data:text/html,1)",
                "[x](vbscript:x)",
                "[x]\n\n[x]: javascript:alert"
            })
    void neutralises_links_that_run_code(String markdown) {
        assertThat(parse(markdown).markdown().replaceAll("\\s", "")).contains("[x](#)");
    }

    @Test
    void leaves_a_destination_in_angle_brackets_alone() {
        assertThat(parse("[x](<my file.md>)").markdown()).isEqualTo("[x](<my file.md>)");
        assertThat(parse("[x](<java\tscript:alert>)").markdown()).isEqualTo("[x](#)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://a.example", "../b.md#c", "#frag", "mailto:a@b.example", "/a:b", "a?x=b:c"})
    void leaves_other_links_alone(String destination) {
        assertThat(SafeMarkdown.safe(destination)).isEqualTo(destination);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!--\\n~~~\\n<!--", "a <!--\\n~~~", "<!--\\n~~~", "    <!--\\n~~~"})
    void leaves_no_comment_open(String text) {
        ShownMarkdown.assertSafe(parse(text).markdown());
    }

    @Property(tries = 400)
    void shows_no_html_whatever_the_author_wrote(@ForAll("markup") String text) {
        ShownMarkdown.assertSafe(parse(text).markdown());
    }

    @Provide
    Arbitrary<String> markup() {
        return Arbitraries.of(
                        "<b>",
                        "</b>",
                        "<script>",
                        "</script>",
                        "<Comp a={1}>",
                        "</Comp>",
                        "<!--",
                        "-->",
                        "`",
                        "```\n",
                        "\n",
                        "\n\n",
                        "    ",
                        "> ",
                        "- ",
                        "1. ",
                        "# ",
                        "[a](javascript:b)",
                        "{",
                        "}",
                        "\\",
                        "<",
                        ">",
                        "&lt;i&gt;",
                        "| a | b |\n|---|---|\n",
                        ":::note\n",
                        "[^1]",
                        "[^1]: ",
                        "<TabItem label='<b>`'>",
                        ":::\n",
                        "!!! note\n",
                        "word",
                        " ",
                        "*",
                        "_",
                        "import x from 'y'\n",
                        "export const a = {\n",
                        "\"",
                        "'",
                        "<a href=\"",
                        "<div>",
                        "</div>",
                        "~~~\n",
                        "&amp;",
                        "<?php",
                        "<![CDATA[",
                        "]]>",
                        "[r]: javascript:x\n",
                        "[r]",
                        "\t")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
