package dev.lectern.problem;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/// Answers 400 where a header cannot be parsed.
final class HeaderExceptionMapper implements ExceptionMapper<ProcessingException> {

    @Override
    public Response toResponse(ProcessingException exception) {
        return Refusal.of(Problem.of(400, "invalid-request", "The request is not valid", "A header cannot be read."));
    }
}
