package dev.lectern.problem;

import dev.lectern.problem.Problem.FieldError;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;
import java.text.ParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.glassfish.jersey.message.internal.HttpHeaderReader;

/// What of a request cannot be read, by name. Jetty and Jersey refuse some of it without a name, fail at some, and take
/// some for what it is not.
final class UnreadableParts {

    /// The path that Jetty gives a request whose own it cannot read.
    private static final String NO_PATH = "/badMessage";

    private static final Set<String> ENCODINGS = Set.of("gzip", "x-gzip", "deflate", "identity", "");

    private UnreadableParts() {}

    /// Empty where all can be read.
    static Optional<Problem> problem(Request request) {
        List<FieldError> errors = SentUri.of(request.getHttpURI()).errors();
        if (!errors.isEmpty()) {
            return invalid(errors);
        }
        if (hasLostItsPath(request)) {
            return invalid(List.of(new FieldError("path", "must be percent-encoded UTF-8 without NUL characters")));
        }
        if (hasAmbiguousPath(request)) {
            return invalid(List.of(new FieldError(
                    "path",
                    "must be percent-encoded, and readable in one way:"
                            + " no empty or relative segments, no parameters, no encoded '/'")));
        }
        if (request.getHeaders().getValuesList(HttpHeader.AUTHORIZATION).size() > 1) {
            return invalid(List.of(new FieldError(
                    HttpHeader.AUTHORIZATION.asString(),
                    "must be sent once: who asks must not depend on who reads it")));
        }
        if (!hasContentType(request.getHeaders())) {
            return unsupported(
                    HttpHeader.CONTENT_TYPE,
                    "must be one media type, such as application/json, and a charset that it names must exist");
        }
        if (!hasContentEncoding(request.getHeaders())) {
            return unsupported(HttpHeader.CONTENT_ENCODING, "must be gzip or deflate where there is one");
        }
        if (!hasAccept(request.getHeaders())) {
            return invalid(List.of(new FieldError(
                    HttpHeader.ACCEPT.asString(),
                    "must be a list of media types, with weights from 0 to 1 where it has any")));
        }
        return Optional.empty();
    }

    private static Optional<Problem> invalid(List<FieldError> errors) {
        return Optional.of(ProblemException.invalid(errors).problem());
    }

    private static Optional<Problem> unsupported(HttpHeader header, String detail) {
        return Optional.of(StatusProblems.of(415).with(List.of(new FieldError(header.asString(), detail))));
    }

    private static boolean hasLostItsPath(Request request) {
        return NO_PATH.equals(request.getHttpURI().getPath())
                && request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable failure
                && failure.getCause() instanceof IllegalArgumentException;
    }

    /// Whether that is why Jetty has refused it.
    private static boolean hasAmbiguousPath(Request request) {
        return request.getAttribute(ErrorHandler.ERROR_EXCEPTION) != null
                && request.getHttpURI().hasViolations()
                && !request.getHttpURI().hasViolation(UriCompliance.Violation.USER_INFO);
    }

    private static boolean hasContentType(HttpFields headers) {
        List<String> types = headers.getValuesList(HttpHeader.CONTENT_TYPE);
        if (types.isEmpty()) {
            return true;
        }
        try {
            MediaType type = MediaType.valueOf(types.getFirst());
            return types.size() == 1
                    && !type.isWildcardType()
                    && !type.isWildcardSubtype()
                    // A weight is for Accept; Jersey reads it here, too.
                    && !type.getParameters().containsKey("q")
                    && Charset.isSupported(type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8"));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Whether the body, if there is one, can be decoded. What the gzip handler does not know it passes on as it is.
    private static boolean hasContentEncoding(HttpFields headers) {
        boolean body = headers.contains(HttpHeader.CONTENT_LENGTH) || headers.contains(HttpHeader.TRANSFER_ENCODING);
        List<String> encodings = headers.getValuesList(HttpHeader.CONTENT_ENCODING);
        if (!body || encodings.isEmpty()) {
            return true;
        }
        String encoding = encodings.getFirst().strip().toLowerCase(Locale.ROOT);
        return encodings.size() == 1 && ENCODINGS.contains(encoding);
    }

    /// Reads it as Jersey will.
    private static boolean hasAccept(HttpFields headers) {
        String types = String.join(",", headers.getValuesList(HttpHeader.ACCEPT));
        try {
            return types.isEmpty()
                    || !HttpHeaderReader.readAcceptMediaType(types).isEmpty();
        } catch (ParseException e) {
            return false;
        }
    }
}
