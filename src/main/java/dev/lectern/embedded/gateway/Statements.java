package dev.lectern.embedded.gateway;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the statements do that a client has prepared on its connection.
final class Statements {

    private final Map<String, StatementKind> prepared = new HashMap<>();

    /// Notes a message of the client's.
    ///
    /// @return what the message has executed; null where it has nothing executed
    @Nullable
    StatementKind note(byte type, ByteBuffer body) {
        switch (type) {
            case 'Q' -> {
                return StatementKind.of(body);
            }
            case 'P' -> prepared.put(CStrings.read(body), StatementKind.of(body));
            case 'B' -> {
                CStrings.read(body);
                return prepared.getOrDefault(CStrings.read(body), StatementKind.UNKNOWN);
            }
            case 'C' -> {
                if (body.get() == 'S') {
                    prepared.remove(CStrings.read(body));
                }
            }
            default -> {}
        }
        return null;
    }
}
