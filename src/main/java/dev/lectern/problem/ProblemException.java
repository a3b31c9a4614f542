package dev.lectern.problem;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ends a request with a problem. The factories name the problems that several features have in common.
///
/// It is an answer rather than an accident, and costs no stack trace: in a flood that is what most requests end with.
public class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        this(problem, null);
    }

    ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.status() + " " + problem.slug() + ": " + problem.detail(), cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    /// 400: a field, parameter or header is not as the contract says.
    public static ProblemException invalid(String pointer, String detail) {
        return invalid(List.of(new Problem.FieldError(pointer, detail)));
    }

    /// 400: fields are not as the contract says.
    public static ProblemException invalid(List<Problem.FieldError> errors) {
        Problem.FieldError first = errors.getFirst();
        String place = first.pointer().isEmpty() ? "The body " : first.pointer() + ": ";
        return new ProblemException(
                Problem.of(400, "invalid-request", "The request is not valid", place + first.detail())
                        .with(errors));
    }

    /// 401: the caller is unknown.
    public static ProblemException unauthorized(String detail) {
        return new ProblemException(Problem.of(401, "unauthorized", "Authentication is required", detail));
    }

    /// 403: the caller may not do this.
    public static ProblemException forbidden(String detail) {
        return new ProblemException(Problem.of(403, "forbidden", "This is not allowed", detail));
    }

    /// 404: there is no such thing, or it is another reader's.
    public static ProblemException notFound(String what) {
        return new ProblemException(Problem.of(404, "not-found", "There is no such resource", what));
    }

    /// 409: the request is at odds with one that is still running.
    public static ProblemException conflict(String slug, String title, String detail, Duration retryAfter) {
        return new ProblemException(Problem.of(409, slug, title, detail).retryingAfter(retryAfter));
    }

    /// 413: the body is larger than is allowed.
    public static ProblemException tooLarge(String detail) {
        return new ProblemException(Problem.of(413, "content-too-large", "The content is too large", detail));
    }

    /// 422: well-formed, but it cannot be done.
    public static ProblemException unprocessable(String slug, String title, String detail) {
        return new ProblemException(Problem.of(422, slug, title, detail));
    }
}
