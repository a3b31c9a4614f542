package dev.lectern;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.InvalidFaultException;
import dev.lectern.problem.MemberPointer;
import dev.lectern.problem.ProblemException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fault that somebody wants to have, as JSON: the members of the fault with its `type`, and `lasts` for how long.
///
/// @param lasts null for until it is cleared
record FaultOrder(Fault fault, @Nullable Duration lasts) {

    private static final String LASTS = "lasts";

    /// Reads one.
    ///
    /// @throws ProblemException which names the member that is not valid
    static FaultOrder read(ObjectMapper json, byte[] body) {
        try {
            if (!(json.readTree(body) instanceof ObjectNode members)) {
                throw ProblemException.invalid("", "must be a JSON object");
            }
            JsonNode lasts = members.remove(LASTS);
            return new FaultOrder(json.treeToValue(members, Fault.class), lasts == null ? null : duration(json, lasts));
        } catch (InvalidTypeIdException e) {
            throw ProblemException.invalid("/type", "must be the name of a fault");
        } catch (JsonMappingException e) {
            if (e.getCause() instanceof InvalidFaultException invalid) {
                throw invalid(invalid);
            }
            throw ProblemException.invalid(MemberPointer.of(e), detail(json, e));
        } catch (IOException e) {
            throw ProblemException.invalid("", "is not JSON");
        }
    }

    static ProblemException invalid(InvalidFaultException fault) {
        return ProblemException.invalid("/" + fault.field(), fault.detail());
    }

    private static @Nullable Duration duration(ObjectMapper json, JsonNode lasts) {
        try {
            return json.treeToValue(lasts, Duration.class);
        } catch (JsonProcessingException e) {
            throw ProblemException.invalid("/" + LASTS, "a duration is written as 250ms, 2s, 5m or PT5M");
        }
    }

    private static String detail(ObjectMapper json, JsonMappingException error) {
        return switch (error) {
            case UnrecognizedPropertyException unknown -> "is not a known member of this fault";
            case InvalidFormatException format
            when format.getTargetType().isEnum() ->
                "must be one of " + words(json, format.getTargetType().getEnumConstants());
            default -> "is missing or not of the right kind";
        };
    }

    private static List<String> words(ObjectMapper json, Object[] constants) {
        return Arrays.stream(constants)
                .map(constant -> json.convertValue(constant, String.class))
                .toList();
    }
}
