package dev.lectern.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/// Answers with a problem where the HTTP layer refuses a request: no such path, method, media type.
final class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Override
    public Response toResponse(WebApplicationException exception) {
        Response refused = exception.getResponse();
        if (refused.getStatus() < 400) {
            return refused;
        }
        Response response = Refusal.of(problem(refused.getStatus()));
        String allow = refused.getHeaderString(HttpHeaders.ALLOW);
        return allow == null
                ? response
                : Response.fromResponse(response)
                        .header(HttpHeaders.ALLOW, allow)
                        .build();
    }

    private static Problem problem(int status) {
        return switch (status) {
            case 400 -> Problem.of(400, "invalid-request", "The request is not valid", "The request cannot be read.");
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
            case 415 ->
                Problem.of(
                        415,
                        "unsupported-media-type",
                        "The media type is not supported",
                        "This resource does not take a body of this Content-Type.");
            default -> Problem.of(status, "http-" + status, "The request was refused", "HTTP status " + status + ".");
        };
    }
}
