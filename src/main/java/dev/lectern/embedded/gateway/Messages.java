package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/// The messages that come from one side, as many at a time as have arrived. They are looked at where they lie, and
/// passed on in one piece; one that is longer than the buffer is looked at by its beginning.
final class Messages {

    private static final int SIZE = 1 << 14;
    private static final int HEADER = 1 + Integer.BYTES;

    private final InputStream in;
    private final byte[] bytes = new byte[SIZE];
    private final ByteBuffer view = ByteBuffer.wrap(bytes);
    /// What has been passed on or dropped ends at `begin`, the current message at `parsed`, what has arrived at `end`.
    private int begin;
    private int current;
    private int parsed;
    private int end;
    /// How much of a long message is still to come.
    private int rest;

    private boolean dropping;

    Messages(InputStream in) {
        this.in = in;
    }

    /// Waits for more.
    ///
    /// @return false where the other side has said its last
    boolean arrive() throws IOException {
        if (begin > 0) {
            System.arraycopy(bytes, begin, bytes, 0, end - begin);
            end -= begin;
            parsed -= begin;
            begin = 0;
        }
        int count = in.read(bytes, end, SIZE - end);
        if (count < 0) {
            return false;
        }
        end += count;
        int more = Math.min(rest, end - parsed);
        parsed += more;
        rest -= more;
        if (dropping) {
            begin = parsed;
            dropping = rest > 0;
        }
        return true;
    }

    /// Goes to the next message, if it is there.
    boolean next() throws IOException {
        if (rest > 0 || end - parsed < HEADER) {
            return false;
        }
        int length = view.getInt(parsed + 1);
        if (length < Integer.BYTES) {
            throw new IOException("a message of " + length + " bytes");
        }
        long whole = 1L + length;
        int here = end - parsed;
        if (here < whole && here < SIZE) {
            return false;
        }
        current = parsed;
        int taken = (int) Math.min(whole, here);
        parsed += taken;
        rest = (int) (whole - taken);
        return true;
    }

    byte type() {
        return bytes[current];
    }

    /// What is here of the body of the message.
    ByteBuffer body() {
        return ByteBuffer.wrap(bytes, current + HEADER, parsed - current - HEADER);
    }

    /// Whether the last message is whole and nothing has come after it.
    boolean exhausted() throws IOException {
        return rest == 0 && parsed == end && in.available() == 0;
    }

    /// Passes on what was looked at.
    void passOn(OutputStream out) throws IOException {
        out.write(bytes, begin, parsed - begin);
        begin = parsed;
    }

    /// Passes on what was looked at before the current message.
    void passOnBefore(OutputStream out) throws IOException {
        out.write(bytes, begin, current - begin);
        begin = current;
    }

    /// Drops what was looked at and not passed on, the rest of a long message included.
    void drop() {
        begin = parsed;
        dropping = rest > 0;
    }

    /// Drops all that has come. After that no message's beginning can be told any more.
    void discard() {
        begin = end;
        parsed = end;
    }
}
