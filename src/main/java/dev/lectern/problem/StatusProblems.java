package dev.lectern.problem;

import java.time.Duration;

/// The problems of HTTP itself: what a refusal means of which only the status is known.
final class StatusProblems {

    private static final Duration BREATH = Duration.ofSeconds(1);

    private StatusProblems() {}

    static Problem of(int status) {
        return switch (status) {
            case 400 ->
                Problem.of(
                        400,
                        "invalid-request",
                        "The request is not valid",
                        "The request line, a header, the path or the query cannot be read or is ambiguous.");
            case 401 ->
                ProblemException.unauthorized(
                                "A reader's token is needed as a bearer token; POST /api/v1/readers makes one.")
                        .problem();
            case 404 -> Problem.of(404, "not-found", "There is no such resource", "No resource has this path.");
            case 405 ->
                Problem.of(
                        405,
                        "method-not-allowed",
                        "The method is not allowed",
                        "The header Allow names those that are.");
            case 406 ->
                Problem.of(
                        406,
                        "not-acceptable",
                        "No acceptable form",
                        "This resource cannot be had in a form that the header Accept allows.");
            case 408 ->
                Problem.of(
                        408,
                        "request-timeout",
                        "The request came too slowly",
                        "The rest of the body was not sent in time.");
            case 414 -> Problem.of(414, "uri-too-long", "The URI is too long", "Path and query are too long together.");
            case 415 ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "The media type is not supported",
                        "This resource does not take a body of this Content-Type.");
            case 417 ->
                Problem.of(
                        417,
                        "expectation-failed",
                        "The expectation cannot be met",
                        "Of the header Expect, 100-continue alone is understood.");
            case 431 ->
                Problem.of(431, "headers-too-large", "The headers are too large", "They are too long together.");
            case 500 -> UncaughtExceptionMapper.INTERNAL;
            case 503 ->
                Problem.of(
                                503,
                                "unavailable",
                                "Lectern is not available",
                                "It is about to stop, or has too much to do.")
                        .retryingAfter(BREATH);
            case 505 ->
                Problem.of(
                        505,
                        "http-version-not-supported",
                        "The version of HTTP is not supported",
                        "HTTP/1.1 is, and HTTP/1.0.");
            default -> Problem.of(status, "http-" + status, "The request was refused", "HTTP status " + status + ".");
        };
    }
}
