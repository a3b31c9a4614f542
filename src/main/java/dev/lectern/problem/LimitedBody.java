package dev.lectern.problem;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// A body that may have so many bytes and take so long, from its first reading on. Whoever sends a byte now and then
/// would otherwise be waited for without end.
final class LimitedBody extends FilterInputStream {

    private final long bytes;
    private final InstantSource clock;
    private final Instant end;
    private long count;

    LimitedBody(InputStream in, long bytes, Duration time, InstantSource clock) {
        super(in);
        this.bytes = bytes;
        this.clock = clock;
        end = clock.instant().plus(time);
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
        if (clock.instant().isAfter(end)) {
            throw new ProblemException(StatusProblems.of(408));
        }
    }
}
