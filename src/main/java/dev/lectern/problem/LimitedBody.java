package dev.lectern.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body that may have so many bytes.
final class LimitedBody extends FilterInputStream {

    private final long bytes;
    private long count;

    LimitedBody(InputStream in, long bytes) {
        super(in);
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        received(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        received(Math.max(0, read));
        return read;
    }

    private void received(int read) {
        count += read;
        if (count > bytes) {
            throw ProblemException.tooLarge("The body may be " + bytes + " bytes at most.");
        }
    }
}
