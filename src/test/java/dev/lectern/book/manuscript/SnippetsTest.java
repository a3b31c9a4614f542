package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.Draft.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnippetsTest {

    @TempDir
    Path folder;

    private Manuscript read(Draft draft) {
        return Draft.read(draft.folder(folder));
    }

    private static Draft site(String page) {
        return new Draft().file("mkdocs.yml", "site_name: A").file("docs/a.md", page);
    }

    private static String text(Manuscript manuscript) {
        return manuscript.pages().getFirst().excerpts().stream()
                .map(Excerpt::text)
                .collect(Collectors.joining("\n\n"));
    }

    @Test
    void includes_what_a_line_names() {
        Draft draft = site("""
                Before.

                --8<-- "parts/wool.md"

                !!! note
                    --8<-- 'docs/silk.md'

                --8<--
                parts/one.md

                ; parts/never.md
                two.md
                --8<--

                After.
                """)
                .file("parts/wool.md", "---\ntitle: Wool\n---\nWool.\n\n----8<---- \"parts/sheep.md\"\n")
                .file("parts/sheep.md", "Sheep.\n\n--8<-- \"parts/wool.md\"\n")
                .file("docs/silk.md", "Silk\nis smooth.")
                .file("parts/one.md", "One.")
                .file("docs/two.md", "Two.");

        Manuscript manuscript = read(draft);

        assertThat(text(manuscript))
                .isEqualTo("Before.\n\nWool.\n\nSheep.\n\nNote\n\nSilk is smooth.\n\nOne.\n\nTwo.\n\nAfter.");
        assertThat(manuscript.pages()).extracting(Page::slug).containsExactly("a", "silk", "two");
        assertThat(manuscript.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "w.md:2:4,  B C",
        "w.md:6,    D E",
        "w.md::2,   A B",
        "w.md:1:99, A B C D E",
        "w.md:8:9,  ''",
        "w.md:warm, C"
    })
    void includes_a_part(String name, String included) {
        Draft draft = site("Text.\n--8<-- \"" + name + "\"\n").file("w.md", """
                A
                B
                <!-- --8<-- [start:warm] -->
                C
                <!-- --8<-- [end:warm] -->
                D
                E
                """);

        assertThat(text(read(draft))).isEqualTo(("Text. " + included).strip());
    }

    @Test
    void looks_in_the_folders_of_the_settings() {
        Draft draft = new Draft()
                .file(
                        "mkdocs.yml",
                        "markdown_extensions: [pymdownx.snippets: {base_path: [shared, !relative $docs_dir]}]")
                .file("docs/a.md", "--8<-- \"one.md\"\n\n--8<-- \"two.md\"")
                .file("shared/one.md", "One.")
                .file("one.md", "Never.")
                .file("docs/two.md", "Two.");

        assertThat(text(read(draft))).isEqualTo("One.\n\nTwo.");
    }

    @Test
    void warns_once_of_a_page_that_includes_what_is_no_Markdown() {
        Manuscript manuscript = read(site("""
                Code:

                ```py
                --8<-- "src/loom.py"
                --8<-- "https://loom.example/a.md"
                ```

                --8<-- "w.md:none"
                --8<-- "../../etc/passwd"

                After.
                """).file("w.md", "Never."));

        assertThat(text(manuscript)).isEqualTo("Code:\n\nAfter.");
        assertThat(manuscript.warnings())
                .containsExactly("a.md includes what is no Markdown file here, and was left out: "
                        + "src/loom.py, https://loom.example/a.md, w.md:none, ../../etc/passwd");
    }

    @Test
    void keeps_what_only_looks_like_a_snippet() {
        assertThat(text(read(site("Write this:\n\n;--8<-- \"w.md\"\n\n--8<--\n\nThe rest."))))
                .isEqualTo("Write this:\n\n--8<-- \"w.md\"\n\nThe rest.");
    }

    @Test
    void gives_the_notes_and_abbreviations_of_a_snippet_to_the_page() {
        Draft draft = site("Wool[^1] and HTML.\n\n--8<-- \"all.md\"")
                .file("all.md", "*[HTML]: Markup\n*[CSS]: Styles\n\n[^1]: Sheep.");

        assertThat(text(read(draft))).isEqualTo("Wool and HTML.\n\nHTML: Markup\n\nSheep.");
    }

    @Test
    void includes_at_the_end_of_every_page_what_the_settings_append() {
        Draft draft = new Draft()
                .file(
                        "mkdocs.yml",
                        "markdown_extensions: [pymdownx.snippets: {auto_append: [parts/all.md, parts/all.txt]}]")
                .file("docs/a.md", "HTML.")
                .file("docs/b.md", "CSS.\n\n--8<--")
                .file("parts/all.md", "*[HTML]: Markup\n*[CSS]: Styles");

        Manuscript manuscript = read(draft);

        assertThat(manuscript.pages())
                .extracting(page -> page.excerpts().getFirst().text())
                .containsExactly("HTML.\n\nHTML: Markup", "CSS.\n\nCSS: Styles");
        assertThat(manuscript.warnings())
                .containsExactly("every page includes what is no Markdown file here, and was left out: parts/all.txt");
    }

    @Test
    void leaves_the_lines_of_other_sites_alone() {
        Draft draft = new Draft().file("a.md", "--8<-- \"b.md\"").file("b.md", "Never.");

        assertThat(text(read(draft))).isEqualTo("--8<-- \"b.md\"");
    }

    @Test
    void refuses_what_grows_without_measure() {
        Draft draft = site("--8<-- \"0.md\"");
        for (int i = 0; i < 30; i++) {
            draft.file(i + ".md", ("--8<-- \"" + (i + 1) + ".md\"\n").repeat(2));
        }
        draft.file("30.md", "");
        draft.folder(folder);

        flaw(Flaw.TooLarge.class, () -> Draft.read(folder));
    }

    @Test
    void includes_files_nested_as_deep_as_32() {
        assertThat(text(read(nested(32)))).isEqualTo("Inmost.");
    }

    @Test
    void names_the_line_that_nests_deeper() {
        nested(33).folder(folder);

        Flaw flaw = flaw(Flaw.NestedSnippets.class, () -> Draft.read(folder));

        assertThat(flaw).isEqualTo(new Flaw.NestedSnippets("32.md", 5, 32));
        assertThat(flaw.detail()).isEqualTo("32.md, line 5: snippets are nested more than 32 deep");
    }

    private static Draft nested(int files) {
        Draft draft = site("--8<-- \"1.md\"");
        for (int i = 1; i < files; i++) {
            draft.file(i + ".md", "---\ntitle: A\n---\n\n--8<-- \"" + (i + 1) + ".md::9\"\n");
        }
        return draft.file(files + ".md", "Inmost.");
    }
}
