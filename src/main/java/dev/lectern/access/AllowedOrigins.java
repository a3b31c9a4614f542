package dev.lectern.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// The sites whose pages may call the API from a browser.
///
/// @param origins each as browsers write it; `*` alone for all there are; empty for none
public record AllowedOrigins(Set<String> origins) {

    /// No page of another site.
    public static final AllowedOrigins NONE = new AllowedOrigins(Set.of());

    private static final String ANY = "*";

    public AllowedOrigins {
        origins = Set.copyOf(origins);
    }

    /// Reads a list separated by commas.
    ///
    /// @throws IllegalArgumentException where one of them is none, or is not written as browsers do
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static AllowedOrigins parse(String text) {
        Set<String> origins = new LinkedHashSet<>();
        for (String each : text.split(",", -1)) {
            String origin = each.strip();
            if (!origin.isEmpty()) {
                origins.add(origin);
            }
        }
        if (!origins.equals(Set.of(ANY))) {
            origins.forEach(AllowedOrigins::check);
        }
        return new AllowedOrigins(origins);
    }

    boolean isEmpty() {
        return origins.isEmpty();
    }

    boolean isAny() {
        return origins.contains(ANY);
    }

    /// @param origin as a browser says it
    boolean allows(String origin) {
        return isAny() || origins.contains(origin);
    }

    private static void check(String origin) {
        if (origin.equals(ANY)) {
            throw new IllegalArgumentException("allowedOrigins has \"*\" among others: it must stand alone");
        }
        String proper = canonical(origin);
        if (!origin.equals(proper)) {
            throw new IllegalArgumentException("allowedOrigins has \"" + origin + "\": must be "
                    + (proper.isEmpty() ? "an origin such as https://books.example" : proper)
                    + ", that is a scheme, a host and a port where it is not the usual one");
        }
    }

    /// As browsers write it; empty where it is no origin of a page that has one.
    private static String canonical(String origin) {
        try {
            URI uri = new URI(origin);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = switch (scheme) {
                case "https" -> 443;
                case "http" -> 80;
                default -> 0;
            };
            if (usual == 0 || uri.getHost() == null || uri.getUserInfo() != null) {
                return "";
            }
            String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
        } catch (URISyntaxException e) {
            return "";
        }
    }
}
