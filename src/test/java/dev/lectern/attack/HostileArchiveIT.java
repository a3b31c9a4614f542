package dev.lectern.attack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Archives that are no books: they climb, link, swell and lie. Each is sent as an import is and leaves nothing.
class HostileArchiveIT {

    private static LecternServer lectern;
    private static LecternClient importer;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
        importer = new LecternClient(lectern.url()).bearing(LecternServer.API_KEY);
    }

    @AfterAll
    static void stop() {
        importer.close();
        lectern.close();
    }

    @AfterEach
    void nothing_was_stored() {
        assertThat(importer.get("/books").json().at("/items")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../climbs.md",
                "part/../../climbs.md",
                "/etc/climbs.md",
                "C:/climbs.md",
                "C:\\climbs.md",
                "..\\climbs.md",
                "part\\..\\..\\climbs.md",
                "part/..",
                "//host/share/climbs.md"
            })
    void a_path_that_climbs_is_refused_by_name(String path) throws IOException {
        String detail = refused(zip(Map.of(path, "Text.")), "book-path-escapes");

        assertThat(detail).contains(path.replace('\\', '/'));
    }

    @Test
    void a_symbolic_link_is_refused() throws IOException {
        byte[] zip = zip(Map.of("link.md", "../../../../etc/passwd"));
        entry(zip, 0x02014b50).putInt(38, 0xA1FF << 16);

        assertThat(refused(zip, "book-path-escapes")).contains("symbolic link");
    }

    @Test
    void an_entry_that_swells_a_hundredfold_is_refused() throws IOException {
        assertThat(refused(zip(Map.of("bomb.md", "a ".repeat(1 << 20))), "book-too-large"))
                .contains("zip bomb");
    }

    @Test
    void an_entry_that_lies_about_its_size_is_counted_and_not_believed() throws IOException {
        byte[] zip = zip(Map.of("bomb.md", "a ".repeat(1 << 21)));
        entry(zip, 0x02014b50).putInt(24, 10);

        assertThat(refused(zip, null)).isNotBlank();
    }

    @Test
    void more_files_than_a_book_has_are_refused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i <= 20_000; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
            }
        }

        assertThat(refused(bytes.toByteArray(), "book-too-large")).contains("20000");
    }

    @Test
    void folders_without_end_are_refused() throws IOException {
        refused(zip(Map.of("a/".repeat(200) + "deep.md", "Text.")), "book-too-deep");
    }

    @Test
    void what_is_no_archive_is_refused() throws IOException {
        byte[] whole = zip(Map.of("a.md", "Text."));
        refused(new byte[0], "book-unreadable");
        refused("PK\u0003\u0004".getBytes(UTF_8), "book-unreadable");
        refused(Arrays.copyOf(whole, whole.length - 10), "book-unreadable");
        refused(Arrays.copyOf(whole, 40), "book-unreadable");

        byte[] locked = whole.clone();
        entry(locked, 0x04034b50).putShort(6, (short) 1);
        entry(locked, 0x02014b50).putShort(8, (short) 1);
        refused(locked, "book-unreadable");
    }

    @Test
    void names_that_are_no_text_are_refused() throws IOException {
        byte[] zip = zip(Map.of("name.md", "Text."));
        for (int offset : new int[] {30, -1}) {
            ByteBuffer entry = offset < 0 ? entry(zip, 0x02014b50) : entry(zip, 0x04034b50);
            entry.put(offset < 0 ? 46 : offset, (byte) 0xC0);
        }
        refused(zip, "book-unreadable");

        refused(zip(Map.of("a.md", "\u0000")), "book-noise");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            title: a: b       | book-front-matter
            {{{{{{{{{{        | book-front-matter
            title: NUL        | book-noise
            """)
    void front_matter_that_is_none_is_refused_with_its_line(String yaml, String slug) throws IOException {
        String text = "---\n" + yaml.replace("NUL", "\u0000") + "\n---\n# A\nText.";

        assertThat(refused(zip(Map.of("a.md", text)), slug)).startsWith("a.md, line ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..%2f..%2fetc", "%2e%2e", "a%2fb", "..;x", "a%00", "A", "a%20b", "%C3%BC", "a_b"})
    void a_name_that_is_no_books_is_refused(String slug) throws IOException {
        var reply = Attacker.at(lectern)
                .as(LecternServer.API_KEY)
                .send("PUT /api/v1/books/" + slug, "Content-Type: application/zip", "Content-Length: 0");

        Attacker.refused(reply, 400);
    }

    /// What an import is told that is refused.
    ///
    /// @param slug null for any
    private static String refused(byte[] archive, @Nullable String slug) {
        Reply reply = importer.put("/books/attack", archive, "application/zip");
        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        if (slug != null) {
            assertThat(reply.json().at("/type").asText()).isEqualTo("urn:lectern:problem:" + slug);
        }
        assertThat(reply.body()).doesNotContain("lectern-import", "/tmp", "Exception");
        return reply.json().at("/detail").asText();
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /// The first record of a kind, to be written to.
    private static ByteBuffer entry(byte[] zip, int signature) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (bytes.getInt(at) != signature) {
            at++;
        }
        return bytes.slice(at, zip.length - at).order(ByteOrder.LITTLE_ENDIAN);
    }
}
