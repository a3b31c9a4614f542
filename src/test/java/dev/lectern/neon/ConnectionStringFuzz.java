package dev.lectern.neon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/// A connection string is refused in few words, or it says the same to Lectern and, as a JDBC URL, to pgjdbc, and once
/// more when it is written anew.
public final class ConnectionStringFuzz {

    private static final int LONGEST_REFUSAL = 400;

    private ConnectionStringFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        NeonUrl url;
        try {
            url = NeonUrl.parse(new String(input, UTF_8));
        } catch (InvalidNeonUrlException e) {
            assertThat(e.getMessage()).hasSizeLessThan(LONGEST_REFUSAL);
            return;
        }
        assertThat(NeonUrl.parse(written(url))).isEqualTo(url);

        Properties understood = Objects.requireNonNull(Driver.parseURL(url.jdbcUrl(), null));
        assertThat(understood.getProperty("PGHOST")).isEqualTo(url.host());
        assertThat(understood.getProperty("PGPORT")).isEqualTo(Integer.toString(url.port()));
        assertThat(understood.getProperty("PGDBNAME")).isEqualTo(url.database());
        url.parameters()
                .forEach((name, value) ->
                        assertThat(understood.getProperty(name)).as(name).isEqualTo(value));
    }

    private static String written(NeonUrl url) {
        Map<String, String> parameters = new LinkedHashMap<>(url.parameters());
        if (parameters.remove("sslfactory") != null) {
            parameters.put("sslrootcert", "system");
        }
        return "postgresql://" + encoded(url.user()) + ":"
                + encoded(url.password().value()) + "@" + url.host() + ":"
                + url.port() + "/" + encoded(url.database()) + "?"
                + parameters.entrySet().stream()
                        .map(each -> each.getKey() + "=" + encoded(each.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }
}
