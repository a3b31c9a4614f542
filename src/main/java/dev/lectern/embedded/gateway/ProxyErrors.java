package dev.lectern.embedded.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What Neon's proxy tells a client whose login fails. It keeps only the message of an error, whoever it is from, and
/// sends every one as XX000 (neondatabase/neon, `libs/pq_proto`).
final class ProxyErrors {

    static final String NO_COMPUTE = "Couldn't connect to compute node";
    static final String TOO_MANY_ATTEMPTS = "Failed to acquire permit to connect to the database. Too many database"
            + " connection attempts are currently ongoing.";

    private ProxyErrors() {}

    /// The ErrorResponse of a login that failed.
    static byte[] ofLogin(String message) {
        return of("ERROR", "XX000", message, "");
    }

    /// An ErrorResponse, https://www.postgresql.org/docs/18/protocol-error-fields.html
    ///
    /// @param hint empty for none
    static byte[] of(String severity, String state, String message, String hint) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        field(fields, 'S', severity);
        field(fields, 'V', severity);
        field(fields, 'C', state);
        field(fields, 'M', message);
        if (!hint.isEmpty()) {
            field(fields, 'H', hint);
        }
        fields.write(0);
        return ByteBuffer.allocate(1 + Integer.BYTES + fields.size())
                .put((byte) 'E')
                .putInt(Integer.BYTES + fields.size())
                .put(fields.toByteArray())
                .array();
    }

    /// The message in the body of an ErrorResponse.
    static String message(ByteBuffer body) {
        while (body.hasRemaining()) {
            byte field = body.get();
            if (field == 0) {
                break;
            }
            String value = CStrings.read(body);
            if (field == 'M') {
                return value;
            }
        }
        return "";
    }

    private static void field(ByteArrayOutputStream fields, char type, String value) {
        fields.write(type);
        fields.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        fields.write(0);
    }
}
