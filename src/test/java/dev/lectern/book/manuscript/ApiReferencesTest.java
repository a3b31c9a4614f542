package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.PythonPages.parse;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ApiReferencesTest {

    @Test
    void leaves_out_where_the_site_documents_code() {
        ParsedPage page = parse("""
                # Looms

                ::: weave.loom.Loom
                    options:
                      show_source: false

                Text after it.

                !!! note
                    ::: weave

                ## Shuttles

                More.
                """);

        assertThat(page.markdown()).isEqualTo("Text after it.\n\n> **Note**\n\n## Shuttles\n\nMore.");
        assertThat(page.headings()).containsExactly(new Heading(2, "Shuttles", "shuttles"));
    }

    @Test
    void keeps_code_that_shows_one() {
        assertThat(parse("```md\n::: weave.loom\n    options:\n```").markdown())
                .isEqualTo("```md\n::: weave.loom\n    options:\n```");
    }
}
