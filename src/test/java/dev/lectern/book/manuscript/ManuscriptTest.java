package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.Draft.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManuscriptTest {

    @TempDir
    Path folder;

    @Test
    void orders_pages_by_position_then_number_then_name() {
        new Draft()
                .file("zebra.md", "Text.")
                .file("apple.md", "Text.")
                .file("02-two.md", "Text.")
                .file("10-ten.md", "Text.")
                .file("first.md", "---\nsidebar_position: 1\n---\nText.")
                .file("index.md", "# Home\nText.")
                .file("03-part/02-b.md", "Text.")
                .file("03-part/01-a.md", "Text.")
                .file("03-part/index.md", "Text.")
                .file("late/x.md", "Text.")
                .file("late/_category_.json", "{\"label\": \"Late\", \"position\": 4.5}")
                .file("_partial.md", "Never.")
                .file("node_modules/readme.md", "Never.")
                .file("draft.md", "---\ndraft: true\n---\nNever.")
                .folder(folder);

        Manuscript manuscript = Draft.read(folder);

        assertThat(manuscript.pages())
                .extracting(Page::slug)
                .containsExactly(
                        "index", "first", "two", "part", "part/a", "part/b", "late/x", "ten", "apple", "zebra");
        assertThat(manuscript.title()).contains("Home");
        assertThat(manuscript.warnings()).containsExactly("draft.md is a draft and was left out");
    }

    @Test
    void names_pages_by_front_matter_then_heading_then_file() {
        new Draft()
                .file("a.md", "---\ntitle: Given\n---\n# Other\nText.")
                .file("b.md", "# From *heading*\nText.")
                .file("c.md", "---\nsidebar_label: Label\n---\nText.")
                .file("04-getting_started.md", "Text.")
                .folder(folder);

        assertThat(Draft.read(folder).pages())
                .extracting(Page::title)
                .containsExactly("Getting started", "Given", "From heading", "Label");
    }

    @Test
    void leads_links_between_files_to_where_the_site_shows_them() {
        new Draft()
                .file("01-a.md", "[next](part/02-b.md#deep) and [out](https://x.example/c.md) and [lost](none.md)")
                .file("part/02-b.md", "[back](../01-a.md) and [root](/01-a.md)\n\n## Deep\nText.")
                .folder(folder);

        List<Page> pages = Draft.read(folder).pages();

        assertThat(pages.get(0).markdown())
                .contains("(https://book.example/docs/part/b#deep)", "(https://x.example/c.md)", "(none.md)");
        assertThat(pages.get(1).markdown())
                .isEqualTo(
                        "[back](https://book.example/docs/a) and [root](https://book.example/docs/a)\n\n## Deep\n\nText.");
    }

    @Test
    void finds_the_pages_of_a_MkDocs_site_and_its_name() {
        new Draft()
                .file("mkdocs.yml", "site_name: The Site\ndocs_dir: text\nplugins:\n  - !!python/name:x.y ''\n")
                .file("text/index.md", "# Welcome\nText.")
                .file("README.md", "Never.")
                .folder(folder);

        Manuscript manuscript = Draft.read(folder);

        assertThat(manuscript.title()).contains("The Site");
        assertThat(manuscript.pages()).extracting(Page::slug).containsExactly("index");
    }

    @Test
    void finds_the_pages_of_a_Docusaurus_site_and_takes_them_for_mdx() {
        new Draft()
                .file("docusaurus.config.js", "module.exports = {};")
                .file("docs/a.md", "Text {expression} here.")
                .file("blog/b.md", "Never.")
                .folder(folder);

        assertThat(Draft.read(folder).pages().getFirst().markdown()).isEqualTo("Text  here.");
    }

    @Test
    void prefers_an_index_to_a_read_me() {
        new Draft().file("README.md", "Files.").file("index.md", "Pages.").folder(folder);

        Manuscript manuscript = Draft.read(folder);

        assertThat(manuscript.pages()).extracting(Page::markdown).containsExactly("Pages.");
        assertThat(manuscript.warnings()).hasSize(1);
    }

    @Test
    void takes_line_ends_and_byte_order_marks_of_any_system() {
        new Draft()
                .file("a.md", "\uFEFF---\r\ntitle: T\r\n---\r\n## H\r\nText.\r\n")
                .folder(folder);

        Page page = Draft.read(folder).pages().getFirst();

        assertThat(page.title()).isEqualTo("T");
        assertThat(page.excerpts()).containsExactly(new Excerpt(List.of("H"), "h", "Text."));
    }

    @Test
    void refuses_an_empty_book() {
        new Draft().file("a.txt", "Text.").file("empty.md", "# Title only\n").folder(folder);

        flaw(Flaw.Empty.class, () -> Draft.read(folder));
    }

    @Test
    void reports_the_line_that_is_not_utf8() {
        byte[] latin = "Fine.\nSch\u00f6n.\n".getBytes(StandardCharsets.ISO_8859_1);
        new Draft().file("part/a.md", latin).folder(folder);

        Flaw.NotUtf8 flaw = flaw(Flaw.NotUtf8.class, () -> Draft.read(folder));

        assertThat(flaw).isEqualTo(new Flaw.NotUtf8("part/a.md", 2));
    }

    @Test
    void reports_text_that_ends_within_a_character() {
        new Draft().file("a.md", new byte[] {'a', '\n', (byte) 0xC3}).folder(folder);

        assertThat(flaw(Flaw.NotUtf8.class, () -> Draft.read(folder)).line()).isEqualTo(2);
    }

    @Test
    void refuses_noise_of_ten_megabytes() {
        byte[] noise = new byte[10 << 20];
        new Random(7).nextBytes(noise);
        new Draft().file("a.md", noise).folder(folder);

        flaw(Flaw.TooLarge.class, () -> Draft.read(folder));
    }

    @Test
    void refuses_noise_of_any_size() {
        new Draft().file("a.md", "abc\0def").folder(folder);
        assertThat(flaw(Flaw.Noise.class, () -> Draft.read(folder)).line()).isEqualTo(1);

        new Draft().file("a.md", "0123456789abcdef".repeat(100_000)).folder(folder);
        flaw(Flaw.Noise.class, () -> Draft.read(folder));
    }

    @Test
    void takes_text_without_spaces_between_the_words() {
        new Draft().file("a.md", "これは日本語の長い文章です。".repeat(2_000)).folder(folder);

        assertThat(Draft.read(folder).pages().getFirst().excerpts()).hasSizeGreaterThan(10);
    }

    @Test
    void refuses_two_pages_at_one_address() {
        new Draft().file("01-a.md", "Text.").file("02-a.md", "Text.").folder(folder);

        assertThat(flaw(Flaw.SameAddress.class, () -> Draft.read(folder)))
                .isEqualTo(new Flaw.SameAddress("/a", "01-a.md", "02-a.md"));
    }

    @Test
    void refuses_a_category_file_that_is_no_yaml() {
        new Draft()
                .file("a.md", "Text.")
                .file("part/_category_.json", "{\"label\": ")
                .folder(folder);

        assertThat(flaw(Flaw.BadYaml.class, () -> Draft.read(folder)).file()).isEqualTo("part/_category_.json");
    }

    @Test
    void refuses_a_link_that_leads_out_of_the_folder() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.md"), "Secret.");
        Path book = Files.createDirectory(folder.resolve("book"));
        Files.writeString(book.resolve("b.md"), "Text.");
        Files.createSymbolicLink(book.resolve("inside.md"), book.resolve("b.md"));
        assertThat(Draft.read(book).pages()).hasSize(2);

        Files.createSymbolicLink(book.resolve("a.md"), secret);
        assertThat(flaw(Flaw.Escape.class, () -> Draft.read(book)).path()).isEqualTo("a.md");
    }

    @Test
    void refuses_what_is_nested_deeper_than_anybody_writes() {
        Path zip = new Draft().file("a/".repeat(17) + "b.md", "Text.").zip(folder.resolve("book.zip"));
        flaw(Flaw.TooDeep.class, () -> Draft.read(zip));
    }

    @Test
    void reads_absurdly_nested_markdown_or_refuses_it() {
        String quotes = ">".repeat(50_000) + " deep";
        String brackets = "[".repeat(50_000) + "deep" + "]".repeat(50_000);
        String lists = IntStream.range(0, 2_000)
                .mapToObj(i -> "  ".repeat(i) + "- deep")
                .collect(Collectors.joining("\n"));
        for (String text : List.of(
                quotes,
                brackets,
                lists,
                "*a ".repeat(20_000),
                "{".repeat(200_000),
                "<a ".repeat(100_000),
                "<a {".repeat(100_000),
                "`".repeat(9) + "` ``".repeat(50_000),
                ":::note\n".repeat(5_000))) {
            new Draft().file("a.md", text + "\n\nwords here").folder(folder);
            try {
                assertThat(Draft.read(folder).pages()).hasSize(1);
            } catch (FlawException e) {
                assertThat(e.flaw()).isInstanceOfAny(Flaw.TooDeep.class, Flaw.Noise.class);
            }
        }
    }

    @Test
    void says_what_cannot_be_read() throws IOException {
        flaw(Flaw.Unreadable.class, () -> Draft.read(folder.resolve("missing")));
        Path text = Files.writeString(folder.resolve("a.txt"), "no archive");
        flaw(Flaw.Unreadable.class, () -> Draft.read(text));
    }

    @Property(tries = 200)
    void fails_in_no_other_way_on_arbitrary_bytes(@ForAll byte[] bytes, @ForAll boolean packed) throws IOException {
        Path place = Files.createTempDirectory("lectern-test-");
        Path file = Files.write(place.resolve(packed ? "a.zip" : "a.md"), bytes);
        try {
            Draft.read(packed ? file : place);
        } catch (FlawException e) {
            assertThat(e.flaw().detail()).isNotBlank();
        } finally {
            Files.delete(file);
            Files.delete(place);
        }
    }

    @Property(tries = 200)
    void fails_in_no_other_way_on_arbitrary_text(@ForAll String text) throws IOException {
        Path place = Files.createTempDirectory("lectern-test-");
        Path file = Files.writeString(place.resolve("a.md"), text.replaceAll("[\\uD800-\\uDFFF]", "?"));
        try {
            Draft.read(place);
        } catch (FlawException e) {
            assertThat(e.flaw().detail()).isNotBlank();
        } finally {
            Files.delete(file);
            Files.delete(place);
        }
    }
}
