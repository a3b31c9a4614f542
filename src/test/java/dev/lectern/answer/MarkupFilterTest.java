package dev.lectern.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LiveMarkup;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkupFilterTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "'<script>alert(1)</script>', '&lt;script>alert(1)&lt;/script>'",
                "'An <img src=x onerror=alert(1)> here.', 'An &lt;img src=x onerror=alert(1)> here.'",
                "'<!-- a --> <?b?> </c>', '&lt;!-- a --> &lt;?b?> &lt;/c>'",
                "'See <javascript:alert(1)>.', 'See &lt;javascript:alert(1)>.'",
                "'[a](javascript:alert(1))', '[a](#javascript:alert(1))'",
                "'![a]( JavaScript:alert(1))', '[a]( #JavaScript:alert(1))'",
                "'![a](https://a.example/?q=words)', '[a](https://a.example/?q=words)'",
                "'Look!![a][b]\n\n[b]: //a.example/', 'Look[a][b]\n\n[b]: //a.example/'",
                "'\\![a](//a.example/)', '\\[a](//a.example/)'",
                "'`![a](//a.example/)', '`[a](//a.example/)'",
                "'[a](data:text/html;base64,x)', '[a](#data:text/html;base64,x)'",
                "'[a](javascript&colon;alert(1))', '[a](#javascript&colon;alert(1))'",
                "'[a](java\\script\\:alert(1))', '[a](#java\\script\\:alert(1))'",
                "'[a](< javascript:alert(1)>)', '[a](#< javascript:alert(1)>)'",
                "'[a]: vbscript:x', '[a]: #vbscript:x'",
                "'> [a](\n> javascript:x)', '> [a](\n> #javascript:x)'",
                "')```[a](\njavascript:x``)', ')```[a](\n#javascript:x``)'",
            })
    void what_runs_code_is_text(String text, String shown) {
        assertThat(filtered(text)).isEqualTo(shown);
        assertThat(LiveMarkup.in(shown)).isEmpty();
        assertThat(LiveMarkup.imagesIn(shown)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "If a < b and b <= c, then a<3 and 5 << 2.",
                "A `List<String>` holds strings [1], and so does `Map<K, V>`.",
                "**Note**: `<dependency>` is a tag, *and* `</dependency>` ends it.",
                "```java\nList<String> all = List.<String>of();\n```\n\nDone.",
                "1. So:\n\n   ```html\n   <p>\n\n     <b>x</b>\n   ```\n2. Then `a<b>`.",
                "~~~\n</a>\n```\n<b>\n~~~\n",
                "````\n```\n<b>\n```\n````\n`<c>`",
                "[a](https://a.example/b?c=d:e#f) [b](/c:d) [e](#f) [g](h.md) [i](mailto:a@b.example)",
                "Passages [1][2]: they say so (see [3]).",
                "| a | b |\n|---|---|\n| x | `y<z>` |",
                "A < at the end <",
                "Stop! `![an image](of.png)` is code!",
                "```\n![a](https://a.example/b.png)\n```\n",
            })
    void what_is_harmless_stays_as_it_is(String text) {
        assertThat(filtered(text)).isEqualTo(text);
    }

    /// Each of them is text for one renderer at least, though it looks like code.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "`<script>alert(1)</script>",
                "a ` b\nc `<script>` d",
                "\\`<script>`",
                "| ` | <script> ` |\n|---|---|\n| ` | <script> ` |",
                "a ` | ` b `<script>`\n-|-\n",
                "[a](`) <script>`",
                "[a](x \")`\" ) <script>`",
                "http://a.example/` <script>`",
                "www.a.example/` <script>`",
                "*x ``a* <script>``",
                "- ```\n  x\n<script>",
                "  - a\n\n    ```\n    x\n\n<script>\n    ```\n",
                "> ```\n<script>\n```\n",
                "- a\n  ```\n  x\n<script>\n  ```\n<script>",
                "a\n    ```\n<script>",
                "```\n```~\n<script>\n```",
                "```\nx\n    ```\n<script>",
                "text\r```\n<script>",
                "``` `\n<script>",
                "| a |\n|-|\n``` |\n<script>\n```",
                "<\r<\rscript>",
            })
    void what_only_some_take_for_code_is_text(String text) {
        assertThat(filtered(text)).doesNotContain("<script");
    }

    @Test
    void a_long_piece_of_code_is_not_held_back_for_ever() {
        MarkupFilter filter = new MarkupFilter();

        assertThat(filter.next("`<b>")).isEqualTo("`");
        assertThat(filter.next("x".repeat(250))).startsWith("&lt;b>xxx");
    }

    @Test
    void what_needs_not_wait_does_not() {
        MarkupFilter filter = new MarkupFilter();

        assertThat(filter.next("A pool [1](")).isEqualTo("A pool [1](");
        assertThat(filter.next("https")).isEmpty();
        assertThat(filter.next(":")).isEqualTo("https:");
        assertThat(filter.next("//a) is <")).isEqualTo("//a) is ");
        assertThat(filter.next("p")).isEqualTo("&lt;p");
        assertThat(filter.next("\n\n`List")).isEqualTo("\n\n`List");
        assertThat(filter.next("<S>")).isEmpty();
        assertThat(filter.next("`")).isEmpty();
        assertThat(filter.next(" b")).isEqualTo("<S>` b");
        assertThat(filter.next("\n```\n<b")).isEqualTo("\n```\n<b");
    }

    @Property(tries = 5_000)
    void no_renderer_finds_a_tag_an_image_or_a_link_that_runs_code(@ForAll("markdown") List<String> text) {
        String shown = filtered(String.join("", text));

        assertThat(LiveMarkup.in(shown)).as(shown).isEmpty();
        assertThat(LiveMarkup.imagesIn(shown)).as(shown).isEmpty();
    }

    @Property
    void however_a_text_is_cut_the_same_is_shown_at_the_same_time(@ForAll("markdown") List<String> pieces) {
        MarkupFilter cut = new MarkupFilter();
        StringBuilder text = new StringBuilder();
        StringBuilder shown = new StringBuilder();
        for (String piece : pieces) {
            text.append(piece);
            shown.append(cut.next(piece));
            assertThat(shown.toString()).isEqualTo(new MarkupFilter().next(text.toString()));
        }
        assertThat(shown + cut.rest()).isEqualTo(filtered(text.toString()));
    }

    @Property
    void what_is_held_back_is_short_and_comes_in_the_end(@ForAll("markdown") List<String> pieces) {
        MarkupFilter filter = new MarkupFilter();
        List<String> shown = new ArrayList<>();
        pieces.forEach(piece -> shown.add(filter.next(piece)));
        String rest = filter.rest();

        assertThat(rest.replace("&lt;", "<")).hasSizeLessThan(300);
        assertThat(visible(String.join("", shown) + rest)).isEqualTo(visible(String.join("", pieces)));
    }

    @Provide
    Arbitrary<List<String>> markdown() {
        return Arbitraries.of(
                        "`",
                        "`",
                        "``",
                        "```",
                        "````",
                        "~~~",
                        "<script>",
                        "<b",
                        ">",
                        "</b>",
                        "<!--",
                        "<",
                        "\n",
                        "\n",
                        "\n\n",
                        "\r",
                        " ",
                        "  ",
                        "    ",
                        "\t",
                        "- ",
                        "1. ",
                        "> ",
                        "# ",
                        "|",
                        "\n|-|-|\n",
                        "\\",
                        "[a](",
                        "[a]",
                        "](",
                        "]:",
                        "[a]: ",
                        ")",
                        "\"",
                        "'",
                        "http://a",
                        "www.a",
                        "javascript:x",
                        "java",
                        "script:x",
                        "&colon;",
                        "data:",
                        "x",
                        "a b",
                        "*",
                        "_",
                        "![",
                        "![a](",
                        "!",
                        "\u00a0")
                .list()
                .ofMaxSize(40);
    }

    /// Without what the filter adds and leaves out.
    private static String visible(String text) {
        return text.replace("&lt;", "<").replace("#", "").replace("\r", "").replaceAll("!+\\[", "[");
    }

    private static String filtered(String text) {
        MarkupFilter filter = new MarkupFilter();
        return filter.next(text) + filter.rest();
    }
}
