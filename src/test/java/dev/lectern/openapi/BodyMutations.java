package dev.lectern.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.openapi.Draft.Outlook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What may be wrong with a body. Where the contract itself says whether it is, it is asked.
record BodyMutations(Contract contract, Chance chance) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /// Bytes that are no UTF-8: a byte that never is, a lead alone, a surrogate, an overlong NUL, one behind Unicode.
    private static final List<String> NO_UTF_8 =
            List.of("\u00ff", "\u00c3", "\u00ed\u00a0\u0080", "\u00c0\u0080", "\u00f4\u0090\u0080\u0080");

    /// As JSON escapes them.
    private static final List<String> NO_TEXT = List.of("\\u0000", "\\ud800", "\\udc00x", "\\udc00\\ud800");

    private static final List<String> NO_OBJECT = List.of(
            "",
            " ",
            "null",
            "[]",
            "[{}]",
            "\"text\"",
            "1",
            "true",
            "{",
            "}",
            "{}}",
            "{} {}",
            "{\"a\" 1}",
            "{'a': 1}",
            "NaN");

    Draft of(Draft draft) {
        @Nullable String body = draft.body();
        if (body == null || body.isEmpty() || draft.operation().bodyType().isEmpty()) {
            return uninvited(draft);
        }
        if (chance.once(4)) {
            return packed(draft, body);
        }
        return draft.operation().bodyType().orElseThrow().equals("application/json")
                ? json(draft, body)
                : archive(draft, body);
    }

    /// A body where none is asked for.
    private Draft uninvited(Draft draft) {
        return draft.withBody(chance.of("{}", "garbage", "a=b", "\u00ff"))
                .withHeader("Content-Type", chance.of("application/json", "text/plain", "multipart/form-data"))
                .expecting(Outlook.EITHER);
    }

    /// Another type, encoding or length.
    private Draft packed(Draft draft, String body) {
        return switch (chance.between(0, 6)) {
            case 0 ->
                draft.withHeader("Content-Type", chance.of("text/plain", "application/xml", "*/*", "no type"))
                        .expecting(Outlook.REFUSAL);
            case 1 ->
                draft.withHeader(
                                "Content-Type",
                                chance.of("application/json; charset=utf-16", "application/json;;", "a/b; q=1"))
                        .expecting(Outlook.EITHER);
            case 2 -> draft.withoutHeader("Content-Type").expecting(Outlook.EITHER);
            case 3 ->
                draft.withHeader("Content-Encoding", chance.of("br", "gzip, gzip", "\u00e4"))
                        .expecting(Outlook.REFUSAL);
            case 4 -> draft.withHeader("Content-Encoding", "gzip").expecting(Outlook.REFUSAL);
            case 5 -> chunked(draft, body);
            default -> tooLarge(draft);
        };
    }

    /// In one piece, whose length is known where it has no names.
    private static Draft chunked(Draft draft, String body) {
        return body.contains("@{")
                ? draft
                : draft.withHeader("Transfer-Encoding", "chunked")
                        .withBody(Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    }

    /// Announced, and not sent: the server does not wait for it.
    private Draft tooLarge(Draft draft) {
        return draft.withHeader("Content-Length", chance.of("68000000", "3000000000", "9223372036854775807"))
                .withBody("")
                .expecting(Outlook.REFUSAL);
    }

    private Draft json(Draft draft, String body) {
        return switch (chance.between(0, 6)) {
            case 0 -> draft.withBody(chance.of(NO_OBJECT)).expecting(Outlook.REFUSAL);
            case 1 ->
                draft.withBody(body.substring(0, chance.between(0, body.length() - 1)))
                        .expecting(Outlook.REFUSAL);
            case 2 ->
                draft.withBody(withMember(body, "\"x\": \"" + chance.of(NO_UTF_8) + "\""))
                        .expecting(Outlook.REFUSAL);
            case 3 -> draft.withBody(deep(body)).expecting(Outlook.REFUSAL);
            case 4 ->
                draft.withBody(
                                chance.once(2)
                                        ? Draft.bytes("\ufeff") + body
                                        : new String(
                                                new String(body.getBytes(ISO_8859_1), UTF_8).getBytes(UTF_16),
                                                ISO_8859_1))
                        .expecting(Outlook.EITHER);
            default -> member(draft, body);
        };
    }

    private String deep(String body) {
        int depth = chance.between(40, 4_000);
        return withMember(body, "\"x\": " + "[".repeat(depth) + "]".repeat(depth));
    }

    private static String withMember(String body, String member) {
        return body.equals("{}") ? "{" + member + "}" : "{" + member + "," + body.substring(1);
    }

    private Draft member(Draft draft, String body) {
        JsonNode schema = contract.resolved(draft.operation().bodySchema());
        String name = chance.of(schema.path("properties")
                .propertyStream()
                .map(Map.Entry::getKey)
                .toList());
        return switch (chance.between(0, 6)) {
            case 0 ->
                draft.withBody(withMember(withMember(body, quoted(name, "null")), quoted(name, "null")))
                        .expecting(Outlook.REFUSAL);
            case 1 ->
                draft.withBody(withMember(body, quoted(chance.of("x", "", "__proto__", name + " "), "1")))
                        .expecting(Outlook.REFUSAL);
            case 2 -> {
                String text = "\"" + chance.of("", "a") + chance.of(NO_TEXT) + "\"";
                String others = Draft.bytes(parsed(body).without(name).toString());
                yield draft.withBody(withMember(others, quoted(name, text))).expecting(Outlook.REFUSAL);
            }
            case 3 -> judged(draft, parsed(body).without(name));
            default ->
                judged(
                        draft,
                        parsed(body)
                                .set(
                                        name,
                                        wrong(schema.at("/properties/" + name + "/maxLength")
                                                .asInt(100))));
        };
    }

    private static String quoted(String name, String value) {
        return "\"" + name + "\": " + value;
    }

    private JsonNode wrong(int longest) {
        return chance.of(List.of(
                NODES.nullNode(),
                NODES.booleanNode(true),
                NODES.numberNode(-1),
                NODES.numberNode(1.5),
                NODES.numberNode(BigInteger.TEN.pow(900)),
                NODES.numberNode(new BigDecimal("-1e400")),
                NODES.arrayNode().add("a"),
                NODES.objectNode().put("a", 1),
                NODES.textNode(""),
                NODES.textNode(" \t"),
                NODES.textNode("x".repeat(longest + 1)),
                NODES.textNode("😀".repeat(longest + 1)),
                NODES.textNode("../../etc/passwd"),
                NODES.textNode("'; DROP TABLE message; --"),
                NODES.textNode("javascript:alert(1)"),
                NODES.textNode(chance.uuid().toString())));
    }

    /// A valid text may still be of no use, such as the name of no book.
    private Draft judged(Draft draft, JsonNode body) {
        boolean breaks =
                !contract.breachesOfRequest(draft.operation().id(), body).isEmpty();
        return draft.withBody(Draft.bytes(body.toString())).expecting(breaks ? Outlook.REFUSAL : Outlook.EITHER);
    }

    private static ObjectNode parsed(String body) {
        try {
            return (ObjectNode) JSON.readTree(body.getBytes(ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Draft archive(Draft draft, String body) {
        int place = chance.between(0, body.length() - 1);
        String other = switch (chance.between(0, 2)) {
            case 0 -> body.substring(0, place);
            case 1 -> body.substring(0, place) + (char) chance.between(0, 255) + body.substring(place + 1);
            default -> chance.of("", "PK", "no archive", "PK\u0005\u0006" + "\u0000".repeat(18));
        };
        return draft.withBody(other).expecting(Outlook.EITHER);
    }
}
