package dev.lectern.embedded.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/// What a client says first: requests for encryption, and then either a start-up message or a request to cancel.
///
/// @param client the client's side, encrypted by now if it wanted that
/// @param body the message that ended the greeting, without its length
record Greeting(Wire client, ByteBuffer body) {

    // https://www.postgresql.org/docs/18/protocol-message-formats.html
    private static final int CANCEL = 80877102;
    private static final int ENCRYPT = 80877103;
    private static final int ENCRYPT_BY_GSSAPI = 80877104;
    // PostgreSQL's MAX_STARTUP_PACKET_LENGTH
    private static final int LONGEST = 10_000;

    /// Reads it. Each exchange costs a round trip, and so does the connection itself.
    static Greeting read(Wire plain, Encryption encryption, Duration roundTrip)
            throws IOException, InterruptedException {
        Thread.sleep(roundTrip);
        Wire client = plain;
        boolean encrypted = false;
        while (true) {
            int first = client.in().read();
            if (first < 0) {
                throw new EOFException();
            }
            if (first == Encryption.HANDSHAKE && !encrypted) {
                Thread.sleep(roundTrip);
                client = encryption.encrypt(plain, new byte[] {(byte) first}, true);
                encrypted = true;
                continue;
            }
            ByteBuffer body = body(first, client.in());
            int code = body.getInt(0);
            if (code == ENCRYPT && !encrypted) {
                Thread.sleep(roundTrip);
                client.out().write('S');
                Thread.sleep(roundTrip);
                client = encryption.encrypt(plain, new byte[0], false);
                encrypted = true;
            } else if (code == ENCRYPT || code == ENCRYPT_BY_GSSAPI) {
                Thread.sleep(roundTrip);
                client.out().write('N');
            } else {
                return new Greeting(client, body);
            }
        }
    }

    /// Whether the client wants a statement of another connection cancelled.
    boolean cancels() {
        return body.getInt(0) == CANCEL;
    }

    /// The message as it came.
    byte[] message() {
        return ByteBuffer.allocate(Integer.BYTES + body.capacity())
                .putInt(Integer.BYTES + body.capacity())
                .put(body.duplicate().rewind())
                .array();
    }

    private static ByteBuffer body(int first, InputStream in) throws IOException {
        byte[] rest = in.readNBytes(Integer.BYTES - 1);
        if (rest.length < Integer.BYTES - 1) {
            throw new EOFException();
        }
        int length =
                ByteBuffer.allocate(Integer.BYTES).put((byte) first).put(rest).getInt(0);
        if (length < 2 * Integer.BYTES || length > LONGEST) {
            throw new IOException("a client began with a message of " + length + " bytes");
        }
        byte[] body = in.readNBytes(length - Integer.BYTES);
        if (body.length < length - Integer.BYTES) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(body);
    }
}
