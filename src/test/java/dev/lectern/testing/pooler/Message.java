package dev.lectern.testing.pooler;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A message of PostgreSQL's [protocol](https://www.postgresql.org/docs/18/protocol-message-formats.html).
final class Message {

    private final byte type;
    private final byte[] body;

    /// @param type its first byte
    Message(byte type, byte[] body) {
        this.type = type;
        this.body = body;
    }

    static Message read(DataInputStream from) throws IOException {
        byte type = from.readByte();
        int length = from.readInt();
        return new Message(type, from.readNBytes(length - Integer.BYTES));
    }

    void write(DataOutputStream to) throws IOException {
        to.writeByte(type);
        to.writeInt(body.length + Integer.BYTES);
        to.write(body);
    }

    byte type() {
        return type;
    }

    /// The first byte of the body: the state of the transaction, or what is described or closed.
    byte first() {
        return body[0];
    }

    boolean is(char other) {
        return type == other;
    }

    /// The text that begins at an offset of the body and ends with a zero.
    String text(int offset) {
        int end = offset;
        while (body[end] != 0) {
            end++;
        }
        return new String(body, offset, end - offset, StandardCharsets.UTF_8);
    }

    /// The same message with another text at an offset.
    Message withText(int offset, String text) {
        byte[] replacement = text.getBytes(StandardCharsets.UTF_8);
        int rest = offset + text(offset).getBytes(StandardCharsets.UTF_8).length;
        return new Message(
                type,
                ByteBuffer.allocate(offset + replacement.length + body.length - rest)
                        .put(body, 0, offset)
                        .put(replacement)
                        .put(body, rest, body.length - rest)
                        .array());
    }
}
