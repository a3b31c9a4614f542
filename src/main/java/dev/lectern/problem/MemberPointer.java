package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;

/// The JSON pointer ([RFC 6901](https://www.rfc-editor.org/rfc/rfc6901)) to the member of a body that is not valid.
public final class MemberPointer {

    private MemberPointer() {}

    /// Empty for the whole body.
    public static String of(JsonMappingException exception) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference step : exception.getPath()) {
            pointer = step.getFieldName() == null
                    ? pointer.appendIndex(step.getIndex())
                    : pointer.appendProperty(step.getFieldName());
        }
        return pointer.toString();
    }
}
