package dev.lectern.problem;

import dev.lectern.problem.Problem.FieldError;
import jakarta.ws.rs.core.MediaType;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.glassfish.jersey.message.internal.HttpHeaderReader;

/// What of a request cannot be read, by name. Jetty and Jersey refuse some of it without a name, fail at some, and take
/// some for what it is not.
final class UnreadableParts {

    /// The path that Jetty gives a request whose own it cannot read.
    private static final String NO_PATH = "/badMessage";

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
        if (!hasContentType(request.getHeaders())) {
            return Optional.of(StatusProblems.of(415)
                    .with(List.of(new FieldError(
                            HttpHeader.CONTENT_TYPE.asString(), "must be one media type, such as application/json"))));
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

    private static boolean hasLostItsPath(Request request) {
        return NO_PATH.equals(request.getHttpURI().getPath())
                && request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable failure
                && failure.getCause() instanceof IllegalArgumentException;
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
                    && !type.getParameters().containsKey("q");
        } catch (IllegalArgumentException e) {
            return false;
        }
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
