package dev.lectern.access;

import java.security.Principal;

/// Who makes a request.
public record Caller(ReaderId reader) implements Principal {

    @Override
    public String getName() {
        return reader.value().toString();
    }
}
