package dev.lectern.book.manuscript;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// A page in any dialect has a flaw that is named, or what is shown of it runs nothing, and neither that nor what is
/// searched is out of proportion to what was written.
public final class PageFuzz {

    /// A line of one character may be continued within a hundred quotations.
    private static final int GROWTH = 300;

    private static final int SLACK = 1_000;

    private PageFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, UTF_8);
        for (Dialect dialect : List.of(
                new GitHubMarkdown(false),
                new GitHubMarkdown(true),
                new PythonMarkdown(TocSlug.ASCII, UnaryOperator.identity()))) {
            try {
                read(text, dialect);
            } catch (FlawException e) {
                assertThat(e.flaw().slug()).isNotBlank();
            }
        }
    }

    private static void read(String text, Dialect dialect) {
        FrontMatter frontMatter = FrontMatter.of("a.md", text);
        String body = text.lines().skip(frontMatter.lines()).collect(Collectors.joining("\n"));
        ParsedPage page = PageParser.parse("a.md", body, frontMatter.text("title"), dialect, UnaryOperator.identity());
        ShownMarkdown.assertSafe(page.markdown());
        assertThat(page.markdown()).hasSizeLessThan(GROWTH * text.length() + SLACK);
        int searched = Splitter.split(page.sections()).stream()
                .mapToInt(excerpt -> excerpt.text().length())
                .sum();
        assertThat(searched).isLessThan(GROWTH * text.length() + SLACK);
    }
}
