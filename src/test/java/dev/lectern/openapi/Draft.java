package dev.lectern.openapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A request that is not sent yet. `@{name}` in it stands for what only the running server knows, such as an id.
///
/// @param path the values of the path's parameters, percent-encoded
/// @param query names and values, percent-encoded
/// @param headers but for `Host` and, where it is the body's own, `Content-Length`
/// @param body each character is a byte; null where there is none
record Draft(
        ContractOperation operation,
        String method,
        Map<String, String> path,
        List<Field> query,
        List<Field> headers,
        @Nullable String body,
        Outlook outlook) {

    /// A parameter of the query, or a header.
    record Field(String name, String value) {}

    /// What the contract lets one expect.
    enum Outlook {
        SUCCESS(200, 304),
        REFUSAL(400, 599),
        EITHER(200, 599),
        /// The path has no such method.
        NO_METHOD(405, 405),
        /// A limit is reached.
        TOO_MUCH(429, 429);

        private final int lowest;
        private final int highest;

        Outlook(int lowest, int highest) {
            this.lowest = lowest;
            this.highest = highest;
        }

        /// The lowest status that fits.
        int lowest() {
            return lowest;
        }

        /// The highest status that fits.
        int highest() {
            return highest;
        }
    }

    private static final Pattern NAME = Pattern.compile("@\\{([A-Za-z-]+)}");
    private static final int SHOWN = 2_000;

    Draft {
        if (body != null && body.chars().anyMatch(c -> c > 0xff)) {
            throw new AssertionError("No bytes: " + body);
        }
    }

    /// Text as the bytes that it is in UTF-8.
    static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    boolean has(String header) {
        return headers.stream().anyMatch(each -> each.name().equals(header));
    }

    Draft expecting(Outlook other) {
        return new Draft(operation, method, path, query, headers, body, other);
    }

    Draft withMethod(String other) {
        return new Draft(operation, other, path, query, headers, body, Outlook.NO_METHOD);
    }

    Draft withPath(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(path);
        changed.put(name, value);
        return new Draft(operation, method, changed, query, headers, body, outlook);
    }

    Draft withQuery(String name, String value) {
        return new Draft(operation, method, path, replaced(query, name, value), headers, body, outlook);
    }

    /// The same with a parameter more, which may be there already.
    Draft plusQuery(String name, String value) {
        return new Draft(operation, method, path, added(query, name, value), headers, body, outlook);
    }

    Draft withoutQuery(String name) {
        return new Draft(operation, method, path, without(query, name), headers, body, outlook);
    }

    Draft withHeader(String name, String value) {
        return new Draft(operation, method, path, query, replaced(headers, name, value), body, outlook);
    }

    /// The same with a header more, which may be there already.
    Draft plusHeader(String name, String value) {
        return new Draft(operation, method, path, query, added(headers, name, value), body, outlook);
    }

    Draft withoutHeader(String name) {
        return new Draft(operation, method, path, query, without(headers, name), body, outlook);
    }

    Draft withBody(String other) {
        return new Draft(operation, method, path, query, headers, other, outlook);
    }

    /// Whether its method is the operation's, too.
    boolean isOfItsOperation() {
        return method.equals(operation.method());
    }

    /// The bytes of the request.
    ///
    /// @param values what each name stands for
    String request(UnaryOperator<String> values) {
        @Nullable String content = body == null ? null : filled(body, values);
        return filled(head(content), values) + (content == null ? "" : content);
    }

    private static String filled(String text, UnaryOperator<String> values) {
        return NAME.matcher(text).replaceAll(name -> Matcher.quoteReplacement(values.apply(name.group(1))));
    }

    private String head(@Nullable String content) {
        String target = operation.path();
        for (Map.Entry<String, String> parameter : path.entrySet()) {
            target = target.replace("{" + parameter.getKey() + "}", parameter.getValue());
        }
        if (!query.isEmpty()) {
            target += query.stream()
                    .map(each -> each.name() + "=" + each.value())
                    .collect(Collectors.joining("&", "?", ""));
        }
        List<Field> all = new ArrayList<>(headers);
        if (content != null && !has("Content-Length") && !has("Transfer-Encoding")) {
            all.add(new Field("Content-Length", Integer.toString(content.length())));
        }
        return method + " " + target + " HTTP/1.1\r\nHost: books.example\r\n"
                + all.stream()
                        .map(each -> each.name() + ": " + each.value() + "\r\n")
                        .collect(Collectors.joining())
                + "\r\n";
    }

    /// The same with its names, cut for people.
    String shown() {
        String text = request("@{%s}"::formatted);
        return outlook + " of " + operation.id() + ":\n" + text.substring(0, Math.min(text.length(), SHOWN));
    }

    private static List<Field> replaced(List<Field> fields, String name, String value) {
        return added(without(fields, name), name, value);
    }

    private static List<Field> added(List<Field> fields, String name, String value) {
        return Stream.concat(fields.stream(), Stream.of(new Field(name, value))).toList();
    }

    private static List<Field> without(List<Field> fields, String name) {
        return fields.stream().filter(each -> !each.name().equals(name)).toList();
    }
}
