package dev.lectern.neonapi;

import dev.lectern.neon.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Where Neon's API is, the compute that it is asked about, and the key that lets one ask.
///
/// @param url what `/projects` is appended to
/// @param key bearer token; one that reaches nothing but the project is enough
/// @param project Neon's id of the project
/// @param endpoint Neon's id of the compute, such as `ep-name-123456`
/// @param timeout within which the whole answer must be there
public record NeonApiSettings(URI url, Secret key, String project, String endpoint, Duration timeout) {

    /// Neon's own, <https://neon.com/docs/reference/api>.
    public static final URI NEON = URI.create("https://console.neon.tech/api/v2");

    /// A question takes a fraction of a second.
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

    /// The pattern of all ids in Neon's OpenAPI document.
    static final Pattern ID = Pattern.compile("[a-z0-9-]{1,60}");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /// Checks them.
    ///
    /// @throws IllegalArgumentException where one cannot be used; the message begins with its name and holds no
    ///     secret
    public NeonApiSettings {
        String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
        String host = url.getHost();
        require(
                host != null && url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null,
                "url must be an address such as " + NEON);
        require(
                scheme.equals("https") || (scheme.equals("http") && LOOPBACK.contains(host)),
                "url must begin with https://, since the key is sent there");
        // The HTTP client's own complaint would print the key.
        require(
                !key.value().isEmpty() && key.value().chars().allMatch(c -> c > ' ' && c < 127),
                "key holds a character that no header admits");
        require(ID.matcher(project).matches(), "project must be the id of a Neon project, such as name-123456");
        require(ID.matcher(endpoint).matches(), "endpoint must be the id of a Neon compute, such as ep-name-123456");
        require(timeout.isPositive(), "timeout must be positive");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
