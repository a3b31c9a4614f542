package dev.lectern.problem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lectern.problem.Problem.FieldError;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpURI;
import org.jspecify.annotations.Nullable;

/// Path and query as they were sent. Whoever decodes them later takes what is no text for something else, or leaves it
/// as it is.
///
/// @param path percent-encoded
/// @param query percent-encoded; null where there is none
record SentUri(@Nullable String path, @Nullable String query) {

    private static final Pattern NO_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final Pattern NO_ASCII = Pattern.compile("\\P{ASCII}");

    /// What Jetty reads where bytes are not UTF-8.
    private static final char REPLACEMENT = '\uFFFD';

    static SentUri of(HttpURI uri) {
        return new SentUri(uri.getPath(), uri.getQuery());
    }

    /// What is no text: parameters by their name, segments of the path by their number. Empty where all is.
    List<FieldError> errors() {
        List<FieldError> errors = new ArrayList<>();
        String[] segments = path == null ? new String[0] : path.split("/", -1);
        for (int i = 1; i < segments.length; i++) {
            String flaw = flaw(segments[i]);
            if (flaw != null) {
                errors.add(new FieldError("path", "segment " + i + " " + flaw));
            }
        }
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String flaw = flaw(parameter);
            if (flaw != null) {
                errors.add(new FieldError(name(parameter), flaw));
            }
        }
        return errors;
    }

    private static String name(String parameter) {
        String name = parameter.split("=", 2)[0];
        return flaw(name) == null ? URLDecoder.decode(name, UTF_8) : name;
    }

    private static @Nullable String flaw(String sent) {
        if (sent.indexOf(REPLACEMENT) >= 0) {
            return "is not UTF-8";
        }
        if (sent.indexOf('%') < 0) {
            return null;
        }
        if (NO_ESCAPE.matcher(sent).find()) {
            return "has a % that is not followed by two hexadecimal digits";
        }
        String bytes = URLDecoder.decode(NO_ASCII.matcher(sent).replaceAll("?"), ISO_8859_1);
        try {
            String text = UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(ISO_8859_1)))
                    .toString();
            return Input.isStorable(text) ? null : Input.NOT_STORABLE;
        } catch (CharacterCodingException e) {
            return "is not UTF-8";
        }
    }
}
