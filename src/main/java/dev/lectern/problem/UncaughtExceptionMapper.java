package dev.lectern.problem;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers 500 without a word of what went wrong inside, which goes to the log under the request's id.
final class UncaughtExceptionMapper implements ExceptionMapper<Throwable> {

    static final Problem INTERNAL = Problem.of(
            500,
            "internal",
            "Something went wrong inside",
            "The fault is not the client's. The operator finds it in the log by the request's id.");

    private static final Logger LOG = LoggerFactory.getLogger(UncaughtExceptionMapper.class);

    @Override
    public Response toResponse(Throwable exception) {
        LOG.error("A request failed for a reason that no code foresaw", exception);
        return Refusal.of(INTERNAL);
    }
}
