package dev.lectern.problem;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/// Answers with a problem where the HTTP layer refuses a request: no such path, method, media type.
final class WebApplicationExceptionMapper implements ExceptionMapper<WebApplicationException> {

    @Context
    private @Nullable ExtendedUriInfo uri;

    @Context
    private @Nullable Request request;

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

    private Problem problem(int status) {
        return uri == null || request == null
                ? StatusProblems.of(status)
                : OfferedTypes.of(uri, request.getMethod()).in(status);
    }
}
