package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.lang.invoke.MethodType;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Why a body is not the JSON that the contract asks for, and where.
///
/// Some of the reasons Jackson tells apart by their words alone.
///
/// @param pointer to the member; empty for the whole body
record JsonFlaw(String pointer, String detail) {

    private static final Set<Class<?>> WHOLE_NUMBERS =
            Set.of(Byte.class, Short.class, Integer.class, Long.class, BigInteger.class);

    static JsonFlaw of(JsonProcessingException exception) {
        JsonProcessingException reason = exception;
        while (reason.getCause() instanceof JsonProcessingException cause) {
            reason = cause;
        }
        return new JsonFlaw(pointer(exception, reason), detail(reason));
    }

    private static String pointer(JsonProcessingException exception, JsonProcessingException reason) {
        if (reason instanceof JsonParseException && reason.getProcessor() instanceof JsonParser parser) {
            return parser.getParsingContext().pathAsPointer().toString();
        }
        return exception instanceof JsonMappingException mapping ? MemberPointer.of(mapping) : "";
    }

    private static String detail(JsonProcessingException reason) {
        return switch (reason) {
            case UnrecognizedPropertyException _ -> "is not a known field";
            case InputCoercionException number -> expectation(number.getTargetType()) + " that is not too large";
            case MismatchedInputException behind
            when behind.getOriginalMessage().startsWith("Trailing token") ->
                "must be one JSON document with nothing behind it";
            case MismatchedInputException mismatch -> expectation(mismatch.getTargetType());
            case StreamConstraintsException limit
            when limit.getOriginalMessage().contains("nesting depth") -> "is nested too deeply";
            case StreamConstraintsException _ -> "has a name, a number or a text that is too long";
            case JsonParseException _ when isRepetition(reason) -> "is there more than once";
            case JsonParseException _ -> "is not JSON" + place(reason);
            default -> "cannot be read" + place(reason);
        };
    }

    private static boolean isRepetition(JsonProcessingException reason) {
        return reason instanceof JsonParseException
                && reason.getOriginalMessage().startsWith("Duplicate field");
    }

    private static String expectation(@Nullable Class<?> wanted) {
        Class<?> type = wanted == null
                ? Void.class
                : MethodType.methodType(wanted).wrap().returnType();
        if (type == String.class) {
            return "must be a string";
        }
        if (type == Boolean.class) {
            return "must be true or false";
        }
        if (Number.class.isAssignableFrom(type)) {
            return WHOLE_NUMBERS.contains(type) ? "must be a whole number" : "must be a number";
        }
        if (type.isArray() || Collection.class.isAssignableFrom(type)) {
            return "must be an array";
        }
        return type.isRecord() || Map.class.isAssignableFrom(type)
                ? "must be an object"
                : "is missing or not of the right type";
    }

    private static String place(JsonProcessingException reason) {
        return reason.getLocation() == null
                ? ""
                : " (line " + reason.getLocation().getLineNr() + ", column "
                        + reason.getLocation().getColumnNr() + ")";
    }
}
