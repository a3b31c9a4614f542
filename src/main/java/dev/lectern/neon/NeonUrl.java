package dev.lectern.neon;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Where a database is and who asks for it, read from the URI that Neon hands out or from a JDBC URL.
///
/// Its text form masks the password; the JDBC URL holds neither user nor password.
///
/// @param host a name or an address; an IPv6 address in brackets
/// @param port the port
/// @param database the name of the database
/// @param user the role
/// @param password the role's password; empty where the server demands none
/// @param parameters pgjdbc's parameters, by pgjdbc's names
public record NeonUrl(
        String host, int port, String database, String user, Secret password, Map<String, String> parameters) {

    /// `ep-name-123456[-pooler][.c-3].<region>.<cloud>.neon.tech`, see
    /// [Neon's connection strings](https://neon.com/docs/connect/connect-from-any-app).
    private static final Pattern NEON_HOST = Pattern.compile(
            "(?<endpoint>[a-z0-9][a-z0-9-]*?)(?<pooler>-pooler)?(\\.(?<cell>c-\\d+))?\\.(?<region>[a-z0-9-]+(\\.(aws|azure|gcp))?)\\.neon\\.(tech|build)");

    private static final String OPTIONS = "options";

    public NeonUrl {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// Reads a connection string: `postgresql://`, `postgres://` or `jdbc:postgresql://`.
    ///
    /// @throws InvalidNeonUrlException where it cannot be used
    public static NeonUrl parse(String text) {
        return new ConnectionString(text).read();
    }

    /// Whether the host is one of Neon's.
    public boolean neon() {
        return neonHost(host).isPresent();
    }

    /// Whether connections go through Neon's pooler, which keeps no session state between transactions.
    public boolean pooled() {
        return neonHost(host).map(match -> match.group("pooler") != null).orElse(false)
                || endpointOption()
                        .map(endpoint -> endpoint.endsWith("-pooler"))
                        .orElse(false);
    }

    /// The id of the compute endpoint, without `-pooler`: from the host, or from `options=endpoint=…`.
    public Optional<String> endpoint() {
        return endpointOption()
                .or(() -> neonHost(host).map(match -> match.group("endpoint")))
                .map(endpoint -> endpoint.replaceFirst("-pooler$", ""));
    }

    /// The region with its cloud, such as `us-east-2.aws`.
    public Optional<String> region() {
        return neonHost(host).map(match -> match.group("region"));
    }

    /// The cell of the region that newer endpoints name, such as `c-3`.
    public Optional<String> cell() {
        return neonHost(host).map(match -> match.group("cell"));
    }

    /// The JDBC URL, with what a connection to Neon needs unless the connection string says otherwise: timeouts,
    /// since pgjdbc waits for ever without; TCP keep-alive; and two round trips less at login
    /// (`assumeMinServerVersion` and, for Neon's hosts, `sslNegotiation=direct`).
    ///
    /// @param login for a whole login, waking included
    /// @param connect for the TCP connection alone
    /// @param socket for each answer
    String jdbcUrl(String applicationName, Duration connect, Duration login, Duration socket) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + encoded(database) + "?"
                + query(jdbcParameters(applicationName, connect, login, socket));
    }

    /// The parameters of [#jdbcUrl(String, Duration, Duration, Duration)].
    Map<String, String> jdbcParameters(String applicationName, Duration connect, Duration login, Duration socket) {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        if (neon()) {
            all.putIfAbsent("sslmode", "require");
            all.putIfAbsent("sslNegotiation", "direct");
        }
        all.putIfAbsent("connectTimeout", seconds(connect));
        all.putIfAbsent("loginTimeout", seconds(login));
        all.putIfAbsent("socketTimeout", seconds(socket));
        all.putIfAbsent("tcpKeepAlive", "true");
        all.putIfAbsent("cancelSignalTimeout", "2");
        all.putIfAbsent("assumeMinServerVersion", "12");
        all.putIfAbsent("ApplicationName", applicationName);
        // The detail of an error may quote a whole row, and exceptions go to the log.
        all.putIfAbsent("logServerErrorDetail", "false");
        return all;
    }

    /// The JDBC URL with the defaults of [NeonSettings].
    public String jdbcUrl() {
        return NeonSettings.of(this).jdbcUrl();
    }

    @Override
    public String toString() {
        return "postgresql://" + encoded(user) + ":" + password + "@" + host + ":" + port + "/" + encoded(database)
                + (parameters.isEmpty() ? "" : "?" + query(parameters));
    }

    private static Optional<Matcher> neonHost(String host) {
        Matcher matcher = NEON_HOST.matcher(host);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    private Optional<String> endpointOption() {
        return Optional.ofNullable(parameters.get(OPTIONS)).flatMap(ConnectionString::endpointIn);
    }

    private static String query(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.plusMillis(999).toSeconds()));
    }
}
