package dev.lectern.book.manuscript;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MkDocsAnchorsTest {

    @TempDir
    Path folder;

    private Manuscript read(Draft draft) {
        return Draft.read(draft.folder(folder));
    }

    private static Draft site(String settings) {
        return new Draft().file("mkdocs.yml", settings);
    }

    private static Draft withAnchorsBy(String slugify) {
        return site("markdown_extensions:\n  - tables\n  - toc:\n      permalink: true\n      slugify: " + slugify)
                .file("docs/a.md", "# Öle & Fette\n\n## Öle & Fette\nText.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "!!python/name:markdown.extensions.toc.slugify; ole-fette_1",
                "!!python/name:markdown.extensions.toc.slugify_unicode ''; öle-fette_1",
                "!!python/name:pymdownx.slugs.uslugify; öle--fette_1",
                "!!python/name:pymdownx.slugs.uslugify_cased; Öle--Fette_1",
                "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: lower}}; öle--fette_1",
                "!!python/object/apply:pymdownx.slugs.slugify {}; Öle--Fette_1",
                "~; ole-fette_1"
            })
    void makes_anchors_by_the_function_of_the_site(String slugify, String anchor) {
        Manuscript manuscript = read(withAnchorsBy(slugify));

        assertThat(manuscript.pages().getFirst().headings())
                .containsExactly(new Heading(2, "Öle & Fette", anchor.strip()));
        assertThat(manuscript.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"!!python/name:my.own.slugs", "!!python/object/apply:pymdownx.slugs.slugify {kwds: {case: fold}}"
            })
    void says_that_it_does_not_know_a_function_for_anchors(String slugify) {
        assertThat(read(withAnchorsBy(slugify)).warnings())
                .containsExactly("mkdocs.yml has anchors made by a function that is not known here: they may differ");
    }

    @Test
    void makes_anchors_as_MkDocs_does_unless_the_settings_say_otherwise() {
        Manuscript manuscript = read(site("markdown_extensions: {markdown.extensions.toc: {toc_depth: 2}}")
                .file("docs/a.md", "# A\n## Öl\nText.\n## Öl\nMore.\n## Fat {#fat-1}\nText."));

        assertThat(manuscript.pages().getFirst().headings())
                .extracting(Heading::anchor)
                .containsExactly("ol", "ol_1", "fat-1");
    }
}
