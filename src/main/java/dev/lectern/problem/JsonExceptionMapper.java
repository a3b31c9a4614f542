package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.stream.Collectors;
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
        return ProblemException.invalid(pointer(exception), detail(exception)).problem();
    }

    private static @Nullable ProblemException causedByUs(Throwable exception) {
        for (Throwable cause = exception; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException named) {
                return named;
            }
        }
        return null;
    }

    private static String detail(JsonProcessingException exception) {
        return switch (exception) {
            case UnrecognizedPropertyException unknown -> "is not a known field";
            case InvalidFormatException format ->
                "must be a " + format.getTargetType().getSimpleName();
            case MismatchedInputException mismatch
            when mismatch.getTargetType() != null -> "is missing or not of the right type";
            case JsonParseException parse -> "is not JSON" + place(parse);
            default -> "cannot be read" + place(exception);
        };
    }

    private static String place(JsonProcessingException exception) {
        return exception.getLocation() == null
                ? ""
                : " (line " + exception.getLocation().getLineNr() + ", column "
                        + exception.getLocation().getColumnNr() + ")";
    }

    private static String pointer(JsonProcessingException exception) {
        return exception instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                        .collect(Collectors.joining())
                : "";
    }
}
