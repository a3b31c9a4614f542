package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One who watches. What he does not take in time is not kept for him: he is dropped, and may come again.
final class Subscription {

    /// A comment, which keeps proxies from ending a stream that says nothing.
    private static final byte[] NOTHING = ":\n\n".getBytes(UTF_8);

    /// Half a minute of a console's events.
    private static final int MOST = 64;

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(MOST);
    private volatile boolean ended;

    /// Gives him something to read.
    ///
    /// @return whether he still reads
    boolean offer(byte[] chunk) {
        if (!ended && !chunks.offer(chunk)) {
            end();
        }
        return !ended;
    }

    /// Nothing more comes.
    void end() {
        ended = true;
        chunks.clear();
        chunks.offer(NOTHING);
    }

    /// Waits for the next.
    ///
    /// @return a comment where nothing came for so long; null at the end
    byte @Nullable [] next(Duration patience) throws InterruptedException {
        if (ended) {
            return null;
        }
        byte[] chunk = chunks.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return ended ? null : chunk == null ? NOTHING : chunk;
    }
}
