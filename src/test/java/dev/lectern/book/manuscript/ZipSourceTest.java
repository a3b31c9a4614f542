package dev.lectern.book.manuscript;

import static dev.lectern.book.manuscript.Draft.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipSourceTest {

    @TempDir
    Path folder;

    @Test
    void reads_an_archive_of_a_folder_as_the_folder() {
        Draft draft = new Draft().file("book/01-a.md", "# A\nText.").file("book/part/b.md", "Text.");

        assertThat(Draft.read(draft.zip(folder.resolve("book.zip"))).pages())
                .extracting(Page::slug)
                .containsExactly("a", "part/b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.md", "part/../../a.md", "/etc/a.md", "C:/a.md", "..\\a.md"})
    void refuses_paths_that_climb_out_of_an_archive(String path) {
        Path zip = new Draft().file(path, "Text.").zip(folder.resolve("book.zip"));

        flaw(Flaw.Escape.class, () -> Draft.read(zip));
    }

    @Test
    void refuses_a_symbolic_link_in_an_archive() throws IOException {
        Path zip = new Draft().file("a.md", "../../etc/passwd").zip(folder.resolve("book.zip"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        int entry = 0;
        while (bytes.getInt(entry) != 0x02014b50) {
            entry++;
        }
        bytes.putInt(entry + 38, 0xA1FF << 16);
        Files.write(zip, bytes.array());

        assertThat(flaw(Flaw.Escape.class, () -> Draft.read(zip)).reason()).contains("symbolic link");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, Integer.MAX_VALUE - 45, Integer.MIN_VALUE, -1, 1 << 20})
    void refuses_a_directory_that_is_nowhere(int offset) throws IOException {
        Path zip = new Draft().file("a.md", "Text.").zip(folder.resolve("book.zip"));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(zip)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(bytes.limit() - 6, offset);
        Files.write(zip, bytes.array());

        flaw(Flaw.Unreadable.class, () -> Draft.read(zip));
    }

    @Test
    void refuses_a_zip_bomb() {
        String zeros = "a ".repeat(1 << 20);
        Path zip = new Draft().file("a.md", zeros).zip(folder.resolve("book.zip"));

        assertThat(flaw(Flaw.TooLarge.class, () -> Draft.read(zip)).limit()).contains("zip bomb");
    }

    @Test
    void refuses_what_passes_a_limit() {
        Path zip = new Draft()
                .file("a.md", "One.")
                .file("b.md", "Two.")
                .file("c.png", new byte[3_000])
                .zip(folder.resolve("book.zip"));
        Limits none = Limits.DEFAULT;

        for (Limits limits : List.of(
                new Limits(10, none.entries(), none.unpackedBytes(), none.textBytes(), none.pageBytes(), 100, 16),
                new Limits(none.archiveBytes(), 2, none.unpackedBytes(), none.textBytes(), none.pageBytes(), 100, 16),
                new Limits(none.archiveBytes(), 9, 2_000, none.textBytes(), none.pageBytes(), 100, 16),
                new Limits(none.archiveBytes(), 9, 9_000, 7, none.pageBytes(), 100, 16),
                new Limits(none.archiveBytes(), 9, 9_000, 9_000, 3, 100, 16))) {
            flaw(Flaw.TooLarge.class, () -> Manuscript.read(new ZipSource(zip), Optional.empty(), limits));
        }
    }
}
