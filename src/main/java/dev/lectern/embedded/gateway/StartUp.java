package dev.lectern.embedded.gateway;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// The first message of a client that wants to log in.
///
/// @param protocol the version of the protocol
/// @param parameters their values by their names, in the client's order
record StartUp(int protocol, Map<String, String> parameters) {

    StartUp {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /// Reads the message after its length.
    static StartUp read(ByteBuffer body) {
        int protocol = body.getInt();
        Map<String, String> parameters = new LinkedHashMap<>();
        while (body.hasRemaining() && body.get(body.position()) != 0) {
            parameters.put(CStrings.read(body), CStrings.read(body));
        }
        return new StartUp(protocol, parameters);
    }

    StartUp with(Map<String, String> others) {
        return new StartUp(protocol, others);
    }

    /// The whole message.
    byte[] bytes() {
        ByteArrayOutputStream texts = new ByteArrayOutputStream();
        parameters.forEach((name, value) -> {
            texts.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            texts.write(0);
            texts.writeBytes(value.getBytes(StandardCharsets.UTF_8));
            texts.write(0);
        });
        texts.write(0);
        return ByteBuffer.allocate(2 * Integer.BYTES + texts.size())
                .putInt(2 * Integer.BYTES + texts.size())
                .putInt(protocol)
                .put(texts.toByteArray())
                .array();
    }
}
