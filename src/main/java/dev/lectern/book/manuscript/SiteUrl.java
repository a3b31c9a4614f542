package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.Optional;

/// Where a site is on the web: an absolute http or https address without query and fragment.
public final class SiteUrl {

    private SiteUrl() {}

    public static boolean is(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        return web
                && url.getHost() != null
                && url.getQuery() == null
                && url.getFragment() == null
                && StorableText.is(url.toString());
    }

    /// Empty where the text is no address of a site.
    static Optional<URI> of(String text) {
        try {
            return Optional.of(URI.create(text)).filter(SiteUrl::is);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// What the addresses of pages begin with, a slash at its end: a path where no address of the site is known.
    public static String base(Optional<URI> url) {
        String base = url.map(URI::toString).orElse("/");
        return base.endsWith("/") ? base : base + "/";
    }
}
