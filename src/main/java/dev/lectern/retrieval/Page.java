package dev.lectern.retrieval;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/// The path of a page of the site, without what differs between two ways to write it.
record Page(String path) {

    /// The page of a URL or a path; null where it is neither.
    static @Nullable Page of(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        try {
            String path = new URI(url.strip()).getPath();
            if (path == null) {
                return null;
            }
            String plain = path.replaceFirst("(/index)?(\\.html?|\\.mdx?)?/*$", "");
            return new Page(plain.startsWith("/") ? plain : "/" + plain);
        } catch (URISyntaxException e) {
            return null;
        }
    }

    /// Whether this is the same page as that of a book, which may know less of the path: only its end.
    boolean shows(Page chapter) {
        return path.equals(chapter.path) || (chapter.path.length() > 1 && path.endsWith(chapter.path));
    }
}
