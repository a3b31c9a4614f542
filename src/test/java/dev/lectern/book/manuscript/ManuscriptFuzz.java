package dev.lectern.book.manuscript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// An archive, or a site of several files, has a flaw that is named, or becomes pages with names of their own,
/// which can be stored and run nothing, within the limits.
public final class ManuscriptFuzz {

    private static final Path ARCHIVE = archive();

    /// Small ones, which an input of some kilobytes can reach.
    private static final Limits LIMITS = new Limits(1 << 20, 50, 1 << 20, 64 << 10, 16 << 10, 100, 16);

    /// A line of one character may be continued within a hundred quotations.
    private static final long GROWTH = 300;

    private ManuscriptFuzz() {}

    /// Reads an archive as it is, and a site once it is packed.
    ///
    /// @param input a zip archive; or files one after the other, each after a line `>>> path`
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length > 1 && input[0] == 'P' && input[1] == 'K') {
            Files.write(ARCHIVE, input);
        } else {
            site(new String(input, UTF_8)).zip(ARCHIVE);
        }
        try {
            check(Manuscript.read(new ZipSource(ARCHIVE), Optional.empty(), LIMITS));
        } catch (FlawException e) {
            assertThat(e.flaw().slug()).startsWith("book-");
            assertThat(e.flaw().detail()).isNotBlank();
        }
    }

    private static Draft site(String text) {
        Draft draft = new Draft();
        for (String file : text.split("(?m)^>>> ", -1)) {
            int end = file.indexOf('\n');
            if (end > 0) {
                draft.file(file.substring(0, end), file.substring(end + 1));
            }
        }
        return draft;
    }

    private static void check(Manuscript manuscript) {
        assertThat(manuscript.pages()).isNotEmpty().extracting(Page::slug).doesNotHaveDuplicates();
        assertThat(manuscript.title().orElse("a title")).isNotBlank().matches(StorableText::is);
        manuscript.baseUrl().ifPresent(url -> assertThat(SiteUrl.is(url)).isTrue());
        for (Page page : manuscript.pages()) {
            assertThat(page.slug() + page.address() + page.title() + page.markdown())
                    .matches(StorableText::is);
            ShownMarkdown.assertSafe(page.markdown());
            assertThat((long) page.markdown().length()).isLessThan(GROWTH * LIMITS.pageBytes());
        }
    }

    private static Path archive() {
        try {
            Path file = Files.createTempFile("manuscript", ".zip");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
