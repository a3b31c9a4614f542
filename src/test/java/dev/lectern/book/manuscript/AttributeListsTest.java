package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.PythonPages.parse;
import static dev.lectern.book.manuscript.PythonPages.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttributeListsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Press [here](x){: .button target=_blank } now.; Press here now.",
                "Press [here](x){.button .wide} now.; Press here now.",
                "A `key`{ .yaml } and **bold**{: title='b c' }.; A key and bold.",
                "![Loom](loom.png){ width=\"300\" align=left }; Loom",
                "![](loom.png){ width=300 } after; after",
                "Line.\\n{: .lead }; Line.",
                "Line.\\n{ #lead .wide }; Line.",
                "- Item\\n{: .lead }; - Item",
                "| A { .x } |\\n|---|\\n| b {: .y } |; A\\nb",
                "A `set`{1, 2} of {x}.; A set{1, 2} of {x}.",
                "Line.\\n{x}; Line. {x}",
                "Use {.x} or {: y } here.; Use {.x} or {: y } here.",
                "`{: .x }` is a list.; {: .x } is a list."
            })
    void takes_attribute_lists_out_and_no_text(String markdown, String text) {
        assertThat(text(parse(markdown.replace("\\n", "\n")))).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void shows_no_attribute_list() {
        assertThat(parse("```py\nx = {1}\n```\n{: .wide }\n\nText.\n{: .y }\n\n{: .z }\n")
                        .markdown())
                .isEqualTo("```py\nx = {1}\n```\n\nText.");
    }
}
