package dev.lectern.book;

import dev.lectern.book.manuscript.SiteUrl;
import dev.lectern.book.manuscript.StorableText;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an import is told about a book besides its text.
///
/// @param slug the book's name in URLs
/// @param title the title that readers see; else that of the site or its index page, else one made
///     from the slug
/// @param baseUrl where the site shows the book: an absolute http or https address; else where the site says that it is
public record Edition(BookSlug slug, Optional<String> title, Optional<URI> baseUrl) {

    static final int LONGEST_TITLE = 200;

    static final String TITLE_RULE = "has at most " + LONGEST_TITLE + " characters, each of which can be stored";

    static final String BASE_URL_RULE =
            "is an absolute address that begins with http:// or https:// and has neither query nor fragment";

    /// @throws IllegalArgumentException where the title breaks its rule or the base URL is no address of a site
    public Edition {
        title = title.map(String::strip).filter(each -> !each.isEmpty());
        if (title.isPresent() && !isTitle(title.get())) {
            throw new IllegalArgumentException("A title " + TITLE_RULE + ".");
        }
        if (baseUrl.isPresent() && !SiteUrl.is(baseUrl.get())) {
            throw new IllegalArgumentException("A base URL " + BASE_URL_RULE + ".");
        }
    }

    /// The same from text, as command lines and queries have it.
    public static Edition of(String slug, @Nullable String title, @Nullable String baseUrl) {
        return new Edition(
                new BookSlug(slug),
                Optional.ofNullable(title),
                Optional.ofNullable(baseUrl)
                        .filter(each -> !each.isBlank())
                        .map(String::strip)
                        .map(URI::create));
    }

    /// The same, with the site's own address where none was given.
    Edition at(Optional<URI> url) {
        return new Edition(slug, title, baseUrl.or(() -> url));
    }

    /// What the addresses of pages begin with, a slash at its end: a path where no base URL is known.
    String base() {
        return SiteUrl.base(baseUrl);
    }

    static boolean isTitle(String title) {
        String text = title.strip();
        return text.codePointCount(0, text.length()) <= LONGEST_TITLE && StorableText.is(title);
    }
}
