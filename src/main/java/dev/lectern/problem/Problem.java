package dev.lectern.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An error as a client sees it, after [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457).
///
/// @param type a stable URN, `urn:lectern:problem:<slug>`
/// @param title what kind of problem it is, the same for every occurrence
/// @param status the HTTP status
/// @param detail what happened this time, in words for the client's developer
/// @param instance the id of the request
/// @param errors what is wrong with which field, where the input is at fault
/// @param retryAfter how long to wait before another try; sent as the header `Retry-After`
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        List<FieldError> errors,

        @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) @Schema(hidden = true) @Nullable
        Duration retryAfter) {

    /// The media type of a problem.
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String NAMESPACE = "urn:lectern:problem:";

    /// What is wrong with one field.
    ///
    /// @param pointer a JSON pointer to a member of the body, or the name of a parameter or header
    /// @param detail what is wrong with it
    public record FieldError(String pointer, String detail) {}

    /// A problem without field errors and without a time to wait.
    public static Problem of(int status, String slug, String title, String detail) {
        return new Problem(NAMESPACE + slug, title, status, detail, null, List.of(), null);
    }

    /// The last part of the type: a stable word for logs, metrics and programs.
    public String slug() {
        return type.substring(NAMESPACE.length());
    }

    /// The same problem with what is wrong with the fields.
    public Problem with(List<FieldError> fieldErrors) {
        return new Problem(type, title, status, detail, instance, List.copyOf(fieldErrors), retryAfter);
    }

    /// The same problem in other words.
    Problem detailed(String words) {
        return new Problem(type, title, status, words, instance, errors, retryAfter);
    }

    /// The same problem with a time to wait.
    public Problem retryingAfter(Duration wait) {
        return new Problem(type, title, status, detail, instance, errors, wait);
    }

    /// The same problem, of the request with this id.
    public Problem of(String requestId) {
        return new Problem(type, title, status, detail, requestId, errors, retryAfter);
    }
}
