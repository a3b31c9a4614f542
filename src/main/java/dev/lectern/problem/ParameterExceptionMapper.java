package dev.lectern.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.glassfish.jersey.server.ParamException;

/// Names the query parameter or header that has no form that it can be read in. What is wrong in a path is no resource.
final class ParameterExceptionMapper implements ExceptionMapper<ParamException> {

    @Override
    public Response toResponse(ParamException exception) {
        ProblemException refusal = exception instanceof ParamException.PathParamException
                ? ProblemException.notFound("No resource has this path.")
                : ProblemException.invalid(exception.getParameterName(), "is not of the right form");
        return Refusal.of(refusal.problem());
    }
}
