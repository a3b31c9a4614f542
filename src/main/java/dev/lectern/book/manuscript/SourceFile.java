package dev.lectern.book.manuscript;

import java.util.List;
import java.util.Locale;

/// A file of a manuscript, read whole.
///
/// @param path inside the manuscript, with `/` between the folders
@SuppressWarnings("ArrayRecordComponent") // nobody compares these, and nobody writes to the array
public record SourceFile(String path, byte[] content) {

    private static final List<String> SITE_FILES =
            List.of("_category_.json", "_category_.yml", "_category_.yaml", "mkdocs.yml", "mkdocs.yaml");

    /// Whether a file of this path says anything about a book.
    static boolean counts(String path) {
        String name = nameOf(path);
        for (String folder : path.split("/", -1)) {
            if (folder.equals("node_modules") || folder.startsWith(".") || folder.equals("__MACOSX")) {
                return false;
            }
        }
        return SITE_FILES.contains(name) || isPage(path) || name.startsWith("docusaurus.config.");
    }

    /// Whether a file of this path is a page. Names that begin with an underscore are parts of other pages.
    static boolean isPage(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        boolean markdown = lower.endsWith(".md") || lower.endsWith(".mdx") || lower.endsWith(".markdown");
        return markdown && !path.startsWith("_") && !path.contains("/_");
    }

    static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
