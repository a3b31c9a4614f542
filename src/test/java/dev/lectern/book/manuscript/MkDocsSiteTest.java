package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.Draft.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MkDocsSiteTest {

    @TempDir
    Path folder;

    private Manuscript read(Draft draft) {
        return Draft.read(draft.folder(folder), null);
    }

    private static Draft site(String settings) {
        return new Draft().file("mkdocs.yml", settings);
    }

    private static Draft withPages(Draft draft, String... paths) {
        for (String path : paths) {
            draft.file("docs/" + path, "Text.");
        }
        return draft;
    }

    @Test
    void takes_order_and_titles_from_the_navigation() {
        Draft draft = site("""
                site_name: Weaving
                nav:
                  - Welcome: index.md
                  - yarn.md
                  - Looms:
                      - looms/index.md
                      - The big one: looms/floor.md
                      - Small ones:
                          - 'Table: top': ./looms/table.md
                  - Shop: https://shop.example/looms.md
                  - Imprint: /imprint/
                  - Mail: mailto:weaver@loom.example
                """);
        draft.file("docs/index.md", "# Weaving for all\nText.")
                .file("docs/yarn.md", "# All about yarn\nText.")
                .file("docs/looms/index.md", "---\ntitle: About looms\n---\n# Looms\nText.")
                .file("docs/looms/floor.md", "---\ntitle: Floor looms\n---\nText.")
                .file("docs/looms/table.md", "Text.");

        Manuscript manuscript = read(draft);

        assertThat(manuscript.title()).contains("Weaving");
        assertThat(manuscript.pages())
                .extracting(page -> page.slug() + ": " + page.title())
                .containsExactly(
                        "index: Welcome",
                        "yarn: All about yarn",
                        "looms: About looms",
                        "looms/floor: The big one",
                        "looms/table: Table: top");
        assertThat(manuscript.pages().getFirst().markdown()).startsWith("# Weaving for all");
        assertThat(manuscript.warnings()).isEmpty();
    }

    @Test
    void reads_an_archive_as_the_folder() {
        Path zip = withPages(site("site_name: Z\nnav: [b.md, {First: a.md}]\n"), "a.md", "b.md")
                .zip(folder.resolve("book.zip"));

        assertThat(Draft.read(zip).pages()).extracting(Page::title).containsExactly("B", "First");
    }

    @Test
    void warns_of_pages_that_the_navigation_misses_and_of_those_that_it_does_not_name() {
        Manuscript manuscript = read(withPages(
                site("nav:\n  - b.md\n  - Gone: gone.md\n  - Form: form.pdf\n  - Twice: b.md\n"),
                "z/y.md",
                "a.md",
                "b.md"));

        assertThat(manuscript.pages()).extracting(Page::slug).containsExactly("b", "a", "z/y");
        assertThat(manuscript.pages().getFirst().title()).isEqualTo("Twice");
        assertThat(manuscript.warnings())
                .containsExactly(
                        "the nav of mkdocs.yml names what is no Markdown page here: gone.md, form.pdf",
                        "the nav of mkdocs.yml does not name all pages; after those that it names come a.md, z/y.md");
    }

    @Test
    void takes_a_folder_in_the_navigation_for_its_pages() {
        Manuscript manuscript = read(withPages(
                site("nav: [index.md, {Guide: guide/}, parts, {Last: guide/end.md}, none/]"),
                "index.md",
                "guide/index.md",
                "guide/start.md",
                "guide/deep/a.md",
                "guide/end.md",
                "guides/b.md",
                "parts/wool.md"));

        assertThat(manuscript.pages())
                .extracting(page -> page.slug() + ": " + page.title())
                .containsExactly(
                        "index: Index",
                        "guide: Index",
                        "guide/start: Start",
                        "guide/deep/a: A",
                        "parts/wool: Wool",
                        "guide/end: Last",
                        "guides/b: B");
        assertThat(manuscript.warnings())
                .containsExactly(
                        "the nav of mkdocs.yml names what is no Markdown page here: none/",
                        "the nav of mkdocs.yml does not name all pages; after those that it names come guides/b.md");
    }

    @Test
    void takes_the_root_in_the_navigation_for_the_pages_that_are_left() {
        Manuscript manuscript = read(withPages(site("nav: [z.md, ./]"), "index.md", "a.md", "b/c.md", "z.md"));

        assertThat(manuscript.pages()).extracting(Page::slug).containsExactly("z", "index", "a", "b/c");
        assertThat(manuscript.warnings()).isEmpty();
    }

    @Test
    void shortens_a_long_warning() {
        Manuscript manuscript =
                read(withPages(site("nav: [a.md]"), "a.md", "1.md", "2.md", "3.md", "4.md", "5.md", "6.md", "7.md"));

        assertThat(manuscript.warnings())
                .singleElement()
                .asString()
                .endsWith("1.md, 2.md, 3.md, 4.md, 5.md and 2 more");
    }

    @Test
    void orders_pages_by_folder_where_there_is_no_navigation() {
        Manuscript manuscript = read(withPages(
                site("site_name: A"),
                "b/c.md",
                "b-2/x.md",
                "zebra.md",
                "10-ten.md",
                "b/README.md",
                "apple.md",
                "index.md"));

        assertThat(manuscript.pages())
                .extracting(Page::address)
                .containsExactly("", "10-ten/", "apple/", "zebra/", "b/", "b/c/", "b-2/x/");
        assertThat(manuscript.warnings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "index.md,            '',                 index",
        "README.md,           '',                 index",
        "guide/README.md,     guide/,             guide",
        "guide/guide.md,      guide/guide/,       guide/guide",
        "guide/01-start.md,   guide/01-start/,    guide/01-start",
        "guide/a.html.md,     guide/a.html/,      guide/a.html"
    })
    void shows_pages_in_folders_of_their_own(String file, String address, String slug) {
        Page page = read(new Draft().file("mkdocs.yml", "").file("docs/" + file, "---\nslug: /no\nid: no\n---\nText."))
                .pages()
                .getFirst();

        assertThat(page.address()).isEqualTo(address);
        assertThat(page.slug()).isEqualTo(slug);
    }

    @ParameterizedTest
    @CsvSource({
        "index.md,            index.html,           index",
        "README.md,           index.html,           index",
        "guide/index.md,      guide/index.html,     guide/index",
        "guide/01-start.md,   guide/01-start.html,  guide/01-start"
    })
    void shows_pages_as_files_where_the_site_does(String file, String address, String slug) {
        for (String no : List.of("false", "no", "!ENV [DIRECTORIES, false]")) {
            Page page = read(withPages(site("use_directory_urls: " + no), file))
                    .pages()
                    .getFirst();

            assertThat(page.address()).isEqualTo(address);
            assertThat(page.slug()).isEqualTo(slug);
        }
    }

    @Test
    void leads_links_to_where_the_site_says_that_it_is() {
        Draft draft = site("site_url: https://loom.example/weaving")
                .file("docs/a.md", "[next](part/b.md#deep)")
                .file("docs/part/b.md", "[back](../a.md)");

        Manuscript manuscript = read(draft);

        assertThat(manuscript.baseUrl()).hasToString("Optional[https://loom.example/weaving]");
        assertThat(manuscript.pages())
                .extracting(Page::markdown)
                .containsExactly(
                        "[next](https://loom.example/weaving/part/b/#deep)", "[back](https://loom.example/weaving/a/)");
        assertThat(Draft.read(folder, "https://other.example/")
                        .pages()
                        .getLast()
                        .markdown())
                .isEqualTo("[back](https://other.example/a/)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "!ENV SITE_URL", "!ENV [SITE_URL, '']", "~"})
    void does_without_an_address(String url) {
        Manuscript manuscript = read(withPages(site("site_url: " + url), "a.md"));

        assertThat(manuscript.baseUrl()).isEmpty();
        assertThat(manuscript.warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"loom.example", "javascript:alert(1)", "'https://a b'", "ftp://loom.example"})
    void warns_of_an_address_that_is_none(String url) {
        Manuscript manuscript = read(withPages(site("site_url: " + url), "a.md"));

        assertThat(manuscript.baseUrl()).isEmpty();
        assertThat(manuscript.warnings())
                .containsExactly("the site_url of mkdocs.yml is no address of a site and was left aside");
    }

    @Test
    void constructs_nothing_whatever_the_tags_say() {
        Manuscript manuscript = read(withPages(site("""
                site_name: !ENV [NAME, "Plain name"]
                docs_dir: !ENV [FOLDER, docs]
                repo_name: !ENV HOME
                theme: !!python/object/apply:os.system ["exit 1"]
                markdown_extensions:
                  - pymdownx.superfences:
                      custom_fences:
                        - name: mermaid
                          format: !!python/name:pymdownx.superfences.fence_code_format
                  - pymdownx.emoji:
                      emoji_index: !!python/name:material.extensions.emoji.twemoji
                  - pymdownx.arithmatex: !!javax.script.ScriptEngineManager [!!java.net.URL ["http://127.0.0.1:1/"]]
                hooks: !relative $config_dir/hooks
                nav:
                  - a.md
                """), "a.md"));

        assertThat(manuscript.title()).contains("Plain name");
        assertThat(manuscript.pages()).hasSize(1);
        assertThat(manuscript.warnings()).isEmpty();
    }

    @Test
    void reads_no_environment() {
        assertThat(read(withPages(site("site_name: !ENV HOME"), "a.md")).title())
                .isEmpty();
    }

    @Test
    void names_the_line_of_a_mistake_in_the_settings() {
        withPages(site("site_name: A\nnav: [a.md\n"), "a.md").folder(folder);

        Flaw.BadYaml flaw = flaw(Flaw.BadYaml.class, () -> Draft.read(folder));

        assertThat(flaw.file()).isEqualTo("mkdocs.yml");
        assertThat(flaw.line()).isGreaterThan(1);
    }

    @Test
    void says_what_it_does_not_inherit() {
        assertThat(read(withPages(site("INHERIT: ../base.yml"), "a.md")).warnings())
                .containsExactly("mkdocs.yml inherits from ../base.yml, which is not read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"nav: a.md", "nav: {A: a.md}", "nav: [[a.md]]", "nav: [{A: ~}, 3, ~]", "nav: ~", "nav: *a", "- a"
            })
    void takes_a_navigation_of_any_shape(String settings) {
        assertThat(read(withPages(site(settings), "a.md")).pages()).hasSize(1);
    }
}
