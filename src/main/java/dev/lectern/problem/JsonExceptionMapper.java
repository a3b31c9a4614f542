package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers with the place and the reason where a body is not the JSON that the contract asks for.
final class JsonExceptionMapper implements ExceptionMapper<JsonProcessingException> {

    private static final Logger LOG = LoggerFactory.getLogger(JsonExceptionMapper.class);

    @Override
    public Response toResponse(JsonProcessingException exception) {
        if (exception instanceof InvalidDefinitionException) {
            LOG.error("A type of the contract cannot be read or written", exception);
            return Refusal.of(UncaughtExceptionMapper.INTERNAL);
        }
        ProblemException named = causedByUs(exception);
        return Refusal.of(named != null ? named.problem() : problem(exception));
    }

    private static Problem problem(JsonProcessingException exception) {
        JsonFlaw flaw = JsonFlaw.of(exception);
        return ProblemException.invalid(flaw.pointer(), flaw.detail()).problem();
    }

    private static @Nullable ProblemException causedByUs(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException named) {
                return named;
            }
        }
        return null;
    }
}
