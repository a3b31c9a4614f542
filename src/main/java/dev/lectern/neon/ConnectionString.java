package dev.lectern.neon;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads one connection string. No message quotes what could be a part of a password: a `/`, `?` or `#` that
/// somebody forgot to encode in it moves the rest of it to where a port, a database or a parameter is expected.
final class ConnectionString {

    private static final String JDBC = "jdbc:postgresql:";
    private static final int DEFAULT_PORT = 5432;
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+])(:(?<port>.*))?");
    private static final Pattern ENDPOINT = Pattern.compile("(?:^|\\s)(?:-c\\s*)?(?:endpoint|project)=([A-Za-z0-9-]+)");
    private static final Pattern PARAMETER_NAME = Pattern.compile("[A-Za-z][A-Za-z_]{0,40}");

    /// libpq's names of what pgjdbc calls otherwise.
    private static final Map<String, String> PGJDBC_NAMES = Map.of(
            "channel_binding", "channelBinding",
            "connect_timeout", "loginTimeout",
            "application_name", "ApplicationName",
            "sslnegotiation", "sslNegotiation",
            "gssencmode", "gssEncMode",
            "target_session_attrs", "targetServerType");

    /// What is passed on to pgjdbc. Parameters that make it load classes or write files are not.
    private static final Set<String> PGJDBC_PARAMETERS = Set.of(
            "ApplicationName",
            "adaptiveFetch",
            "assumeMinServerVersion",
            "autosave",
            "binaryTransfer",
            "cancelSignalTimeout",
            "channelBinding",
            "connectTimeout",
            "currentSchema",
            "defaultRowFetchSize",
            "gssEncMode",
            "loginTimeout",
            "logServerErrorDetail",
            "maxResultBuffer",
            "options",
            "prepareThreshold",
            "preparedStatementCacheQueries",
            "preparedStatementCacheSizeMiB",
            "reWriteBatchedInserts",
            "readOnly",
            "receiveBufferSize",
            "sendBufferSize",
            "socketTimeout",
            "sslNegotiation",
            "sslcert",
            "sslkey",
            "sslmode",
            "sslrootcert",
            "stringtype",
            "targetServerType",
            "tcpKeepAlive",
            "tcpNoDelay");

    private static final Map<String, Set<String>> VALUES = Map.of(
            "sslmode", Set.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
            "channelBinding", Set.of("disable", "prefer", "require"),
            "sslNegotiation", Set.of("postgres", "direct"));

    private final String text;
    private final boolean jdbc;
    private boolean passwordInQuery;

    ConnectionString(String text) {
        String trimmed = text.strip();
        this.jdbc = trimmed.toLowerCase(Locale.ROOT).startsWith(JDBC);
        this.text = jdbc ? trimmed.substring("jdbc:".length()) : trimmed;
    }

    NeonUrl read() {
        if (text.isEmpty()) {
            throw new InvalidNeonUrlException("the connection string is empty");
        }
        String rest = afterScheme();
        int end = endOfAuthority(rest);
        String authority = rest.substring(0, end);
        if (rest.indexOf('@', end) >= 0) {
            throw new InvalidNeonUrlException("there is an '@' after the host: '/', '?' and '#' in a user or password"
                    + " must be percent-encoded (%2F, %3F, %23), and so must '@' elsewhere (%40)");
        }
        if (rest.indexOf('#') >= 0) {
            throw new InvalidNeonUrlException("a '#' must be percent-encoded (%23)");
        }
        int question = rest.indexOf('?', end);
        String path = rest.substring(end, question < 0 ? rest.length() : question);
        Map<String, String> parameters = parameters(question < 0 ? "" : rest.substring(question + 1));

        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        Matcher hostAndPort = hostAndPort(authority.substring(at + 1));
        int colon = userInfo.indexOf(':');
        String user = decoded(colon < 0 ? userInfo : userInfo.substring(0, colon), "the user");
        String password = colon < 0 ? "" : decoded(userInfo.substring(colon + 1), "the password");

        String userParameter = parameters.remove("user");
        String passwordParameter = parameters.remove("password");
        user = user.isEmpty() && userParameter != null ? userParameter : user;
        password = password.isEmpty() && passwordParameter != null ? passwordParameter : password;
        if (user.isEmpty()) {
            throw new InvalidNeonUrlException("the connection string names no user");
        }
        String host = hostAndPort.group("host").toLowerCase(Locale.ROOT);
        String database = path.length() <= 1 ? user : decoded(path.substring(1), "the name of the database");
        refuseZero(user, "the user");
        refuseZero(password, "the password");
        refuseZero(database, "the name of the database");
        NeonUrl url = new NeonUrl(
                host, port(hostAndPort.group("port")), database, user, new Secret(password), forPgjdbc(parameters));
        return checked(url);
    }

    /// The endpoint that Neon's `options` name, for clients that cannot send the host's name with TLS.
    static Optional<String> endpointIn(String options) {
        Matcher matcher = ENDPOINT.matcher(options);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private String afterScheme() {
        int colon = text.indexOf("://");
        String scheme = colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("postgresql") && !(scheme.equals("postgres") && !jdbc)) {
            throw new InvalidNeonUrlException(
                    "the connection string must begin with postgresql://, postgres:// or jdbc:postgresql://");
        }
        return text.substring(colon + "://".length());
    }

    private static int endOfAuthority(String rest) {
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '/' || c == '?' || c == '#') {
                return i;
            }
        }
        return rest.length();
    }

    private static Matcher hostAndPort(String text) {
        if (text.contains(",")) {
            throw new InvalidNeonUrlException("the connection string names more than one host");
        }
        if (text.isEmpty() || text.startsWith(":")) {
            throw new InvalidNeonUrlException("the connection string names no host");
        }
        Matcher matcher = HOST_AND_PORT.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidNeonUrlException("the host is neither a name nor an address");
        }
        return matcher;
    }

    private static int port(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return DEFAULT_PORT;
        }
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) < 1 || Integer.parseInt(digits) > 65_535) {
            throw new InvalidNeonUrlException("the port is not a number between 1 and 65535; if the password holds"
                    + " '/' or '?', they must be percent-encoded (%2F, %3F)");
        }
        return Integer.parseInt(digits);
    }

    private Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        passwordInQuery = query.matches("(?is)(.*&)?password=.*");
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = equals < 0 ? "" : pair.substring(0, equals);
            if (!PARAMETER_NAME.matcher(name).matches()) {
                throw new InvalidNeonUrlException("a parameter is not of the form name=value");
            }
            String value = decoded(pair.substring(equals + 1), "the value of the parameter " + quoted(name));
            refuseZero(value, "the value of the parameter " + quoted(name));
            parameters.put(name, value);
        }
        return parameters;
    }

    private Map<String, String> forPgjdbc(Map<String, String> given) {
        Map<String, String> parameters = new LinkedHashMap<>();
        given.forEach((name, value) -> {
            String known = PGJDBC_NAMES.getOrDefault(name, name);
            if (!PGJDBC_PARAMETERS.contains(known)) {
                throw new InvalidNeonUrlException("the parameter " + quoted(name) + " is not known");
            }
            Set<String> values = VALUES.get(known);
            if (values != null && !values.contains(value)) {
                throw new InvalidNeonUrlException("the parameter " + quoted(name) + " must be one of "
                        + values.stream().sorted().toList());
            }
            if (known.endsWith("Timeout") && !value.matches("[0-9]{1,6}")) {
                throw new InvalidNeonUrlException(
                        "the parameter " + quoted(name) + " must be a whole number of seconds");
            }
            // Zero is no limit to libpq and pgjdbc: then the limit is the one of the settings, since there must be one.
            if (!known.equals("loginTimeout") || Integer.parseInt(value) > 0) {
                parameters.put(known, value);
            }
        });
        if ("system".equals(parameters.get("sslrootcert"))) {
            // libpq's name for the certificates that the platform trusts; pgjdbc would look for a file.
            parameters.remove("sslrootcert");
            parameters.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return parameters;
    }

    private static NeonUrl checked(NeonUrl url) {
        @Nullable String sslmode = url.parameters().get("sslmode");
        if (url.neon()
                && sslmode != null
                && Set.of("disable", "allow", "prefer").contains(sslmode)) {
            throw new InvalidNeonUrlException(
                    "Neon takes connections with TLS only: the parameter 'sslmode' must be require, verify-ca or"
                            + " verify-full");
        }
        String options = url.parameters().getOrDefault("options", "");
        if (url.pooled() && !ENDPOINT.matcher(options).replaceAll("").isBlank()) {
            // https://neon.com/docs/connect/connection-pooling: start-up parameters are refused with 08P01.
            throw new InvalidNeonUrlException(
                    "Neon's pooler takes no 'options' but the endpoint: use ALTER ROLE … SET, or the direct host");
        }
        return url;
    }

    private String quoted(String name) {
        return passwordInQuery ? "(after a password, so not named here)" : "'" + name + "'";
    }

    private static void refuseZero(String value, String what) {
        if (value.indexOf('\0') >= 0) {
            throw new InvalidNeonUrlException(what + " holds a zero byte");
        }
    }

    /// Percent-decoding that refuses what `URLDecoder` lets pass; `+` means a space only in JDBC URLs.
    private String decoded(String encoded, String what) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length() * 3);
        try {
            for (int i = 0; i < encoded.length(); ) {
                char c = encoded.charAt(i);
                if (c == '%') {
                    if (i + 3 > encoded.length()
                            || !encoded.substring(i + 1, i + 3).matches("[0-9A-Fa-f]{2}")) {
                        throw new InvalidNeonUrlException(
                                what + " holds a '%' that is not followed by two hexadecimal digits (write %25)");
                    }
                    bytes.put((byte) Integer.parseInt(encoded.substring(i + 1, i + 3), 16));
                    i += 3;
                } else {
                    int width = Character.charCount(encoded.codePointAt(i));
                    String plain = jdbc && c == '+' ? " " : encoded.substring(i, i + width);
                    bytes.put(StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(plain)));
                    i += width;
                }
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new InvalidNeonUrlException(what + " is not valid UTF-8");
        }
    }
}
