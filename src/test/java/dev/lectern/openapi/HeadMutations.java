package dev.lectern.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.openapi.Draft.Outlook;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// What may be wrong with a request but for its body: method, path, query, token, other headers.
record HeadMutations(Contract contract, Chance chance) {

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW");

    private static final List<String> OF_THE_READER = List.of("@{conversation}", "@{answer}", "@{running}");

    /// Percent-encoded bytes that no text has.
    private static final List<String> NO_TEXT = List.of("%00", "a%00", "%ff", "%ed%a0%80", "%c0%80", "%", "%zz", "%4");

    private static final List<String> ODD = List.of(
            "x",
            "-",
            "0",
            "null",
            "undefined",
            "1-1-1-1-1",
            "%20",
            "%F0%9F%98%80",
            "a%2Fb",
            "%2e%2e",
            "%2e",
            "a;b=c",
            "%5c",
            "a%3Bb",
            "%C2%85",
            "..%2f..%2fetc%2fpasswd",
            "{id}",
            "[",
            "|",
            "%0d%0aX:%20y",
            "a".repeat(3_000));

    private static final List<String> NUMBERS = List.of(
            "0",
            "-1",
            "101",
            "2147483648",
            "99999999999999999999",
            "1e2",
            "1.0",
            "ten",
            "",
            "%2B5",
            "0x10",
            "%D9%A1",
            "null");

    Draft of(Draft draft) {
        return switch (chance.between(0, 9)) {
            case 0 -> method(draft);
            case 1, 2 -> path(draft);
            case 3, 4 -> query(draft);
            case 5, 6 -> token(draft);
            case 7 -> key(draft);
            case 8 -> accept(draft);
            default -> header(draft);
        };
    }

    private Draft method(Draft draft) {
        List<String> known = contract.all().stream()
                .filter(each -> each.path().equals(draft.operation().path()))
                .map(ContractOperation::method)
                .toList();
        return draft.withMethod(
                chance.of(METHODS.stream().filter(each -> !known.contains(each)).toList()));
    }

    private Draft path(Draft draft) {
        if (draft.path().isEmpty()) {
            return query(draft);
        }
        String name = chance.of(List.copyOf(draft.path().keySet()));
        boolean id = !name.equals("book") && !name.equals("chapter");
        return switch (chance.between(0, id ? 4 : 2)) {
            case 0 -> draft.withPath(name, chance.of(NO_TEXT)).expecting(Outlook.REFUSAL);
            case 1 -> draft.withPath(name, chance.of(ODD)).expecting(Outlook.EITHER);
            case 2 -> draft.withPath(name, chance.uuid().toString()).expecting(Outlook.EITHER);
            case 3 ->
                draft.withPath(name, chance.uuid().toString().toUpperCase(Locale.ROOT))
                        .expecting(Outlook.REFUSAL);
            default ->
                draft.withPath(name, chance.of("@{foreign-conversation}", "@{foreign-answer}"))
                        .expecting(Outlook.REFUSAL);
        };
    }

    private Draft query(Draft draft) {
        List<String> names = Stream.concat(
                        draft.operation().parameters("query").stream()
                                .map(each -> each.path("name").asText()),
                        Stream.of("unknown"))
                .toList();
        String name = chance.of(names);
        return switch (chance.between(0, 3)) {
            case 0 -> draft.withQuery(name, chance.of(NO_TEXT)).expecting(Outlook.REFUSAL);
            case 1 ->
                draft.withQuery(name, "1")
                        .plusQuery(name, chance.of("1", "2", ""))
                        .expecting(Outlook.REFUSAL);
            case 2 -> draft.withoutQuery(name).expecting(isRequired(draft, name) ? Outlook.REFUSAL : draft.outlook());
            default ->
                switch (name) {
                    case "limit" -> draft.withQuery(name, chance.of(NUMBERS)).expecting(Outlook.EITHER);
                    case "cursor" -> draft.withQuery(name, cursor()).expecting(Outlook.EITHER);
                    case "unknown" -> draft.withQuery(chance.of("unknown", "%5B%5D", ""), "1");
                    default -> draft.withQuery(name, chance.of(ODD)).expecting(Outlook.EITHER);
                };
        };
    }

    private static boolean isRequired(Draft draft, String name) {
        for (JsonNode parameter : draft.operation().parameters("query")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter.path("required").asBoolean();
            }
        }
        return false;
    }

    private String cursor() {
        String text = chance.of("", "0", "a", "\u0000", "\ud800", chance.uuid().toString(), "😀", "a".repeat(2_000));
        return chance.of(
                Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8)), "====", "AAAA", "_-");
    }

    private Draft token(Draft draft) {
        boolean needed = !draft.operation().isOpen();
        Outlook outlook = needed ? Outlook.REFUSAL : Outlook.EITHER;
        return switch (chance.between(0, 4)) {
            case 0 -> draft.withoutHeader("Authorization").expecting(outlook);
            case 1 -> draft.withHeader("Authorization", garbage()).expecting(outlook);
            case 2 -> draft.withHeader("Authorization", "Bearer @{token}x").expecting(outlook);
            case 3 -> another(draft);
            default -> draft.plusHeader("Authorization", garbage()).expecting(Outlook.EITHER);
        };
    }

    /// The token of somebody else, who may do something else, and has other conversations, which are to stay.
    private Draft another(Draft draft) {
        String bearer = draft.operation().id().equals("deleteReader")
                ? chance.of("books-key", "chat-key")
                : chance.of("books-key", "chat-key", "foreign-token");
        boolean ofBooks = bearer.equals("books-key");
        boolean allowed = draft.operation()
                .security()
                .map(needed -> ofBooks == needed.equals("apiKey"))
                .orElse(true);
        boolean ofTheReader = draft.path().values().stream().anyMatch(OF_THE_READER::contains);
        return draft.withHeader("Authorization", "Bearer @{" + bearer + "}")
                .expecting(allowed && !ofTheReader ? Outlook.EITHER : Outlook.REFUSAL);
    }

    private String garbage() {
        return chance.of(
                "",
                "Bearer",
                "Bearer ",
                "Bearer  x",
                "Basic YTpi",
                "Bearer eyJhbGciOiJub25lIn0.e30.",
                "Bearer eyJhbGciOiJIUzI1NiJ9.e30.AAAA",
                "Bearer lk_aaaaaaaaaaaa_" + "A".repeat(43),
                "Bearer lk_",
                "Bearer " + "a.".repeat(700),
                "Bearer \u00e4\u00ff",
                "Bearer " + chance.ascii(40));
    }

    private Draft key(Draft draft) {
        if (!draft.operation().hasParameter("header", "Idempotency-Key")) {
            return header(draft);
        }
        String key = chance.of(
                "",
                "\"\"",
                "\"open",
                "\"",
                "\"a\"b\"",
                "\"\\a\"",
                "k".repeat(129),
                "\u00e4",
                "a\tb",
                "again",
                "\"again\"",
                ":1:");
        boolean good = contract.pattern(draft.operation().id(), "Idempotency-Key")
                .matcher(key)
                .find();
        return draft.withHeader("Idempotency-Key", key).expecting(good ? Outlook.EITHER : Outlook.REFUSAL);
    }

    private Draft accept(Draft draft) {
        String unacceptable = chance.of("text/html", "application/xml", "*/*;q=0", "image/*");
        return chance.once(2)
                ? draft.withHeader("Accept", unacceptable)
                        .expecting(draft.operation().hasContent() ? Outlook.REFUSAL : draft.outlook())
                : draft.withHeader(
                                "Accept",
                                chance.of(
                                        "*/*",
                                        "application/*;q=0.1",
                                        "json",
                                        "a/b;q=2",
                                        ",,",
                                        "text/event-stream",
                                        "*"))
                        .expecting(Outlook.EITHER);
    }

    private Draft header(Draft draft) {
        return switch (chance.between(0, 4)) {
            case 0 ->
                draft.withHeader(
                                "Last-Event-ID", chance.of("x", "@{answer}:99999999999", "@{answer}:-1", ":", "\u00ff"))
                        .expecting(Outlook.EITHER);
            case 1 ->
                draft.withHeader("If-None-Match", chance.of("*", "\"x\"", "W/\"x\", \"y\"", "x", "\"", ","))
                        .expecting(Outlook.EITHER);
            case 2 ->
                draft.withHeader("If-Modified-Since", chance.of("yesterday", "Sun, 06 Nov 1994 08:49:37 GMT"))
                        .expecting(Outlook.EITHER);
            case 3 ->
                draft.withHeader("Range", chance.of("bytes=0-0", "bytes=9-1", "x"))
                        .expecting(Outlook.EITHER);
            default ->
                draft.withHeader(
                                chance.of(
                                        "X-Request-Id",
                                        "traceparent",
                                        "Accept-Language",
                                        "Cookie",
                                        "Forwarded",
                                        "Accept-Charset"),
                                chance.of("\u00ff", "00-0-0-00", ";=;", "x".repeat(3_000), "q=9;q=a"))
                        .expecting(Outlook.EITHER);
        };
    }
}
