package dev.lectern.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// A response's body as it comes in, read by the calling thread, which waits no longer than its patience and can be
/// interrupted. Closing it ends the HTTP exchange, whether or not the body has begun.
///
/// The thread is woken for what comes first, and then no more than twenty times a second: a model's words come one by
/// one, and to be woken for each costs more than all that is done with it.
///
/// The JDK's own stream has no way to wait for a limited time.
final class ReceivedBody extends InputStream implements BodySubscriber<InputStream> {

    /// What comes within this time is taken together. No eye reads words that come more often.
    private static final Duration TOGETHER = Duration.ofMillis(50);

    /// How much may arrive untaken. With HTTP/1.1 one arrival is all that the socket has; with HTTP/2 it is one frame,
    /// and so perhaps one word.
    private static final int FRAMES = 64;

    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End(@Nullable Throwable cause) implements Arrival {}
    }

    private final Patience patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private final Deque<ByteBuffer> untaken = new ArrayDeque<>();
    private volatile boolean closed;
    private volatile Version version = Version.HTTP_1_1;
    private long woken = System.nanoTime() - TOGETHER.toNanos();
    private int taken;
    private boolean ended;

    ReceivedBody(Patience patience) {
        this.patience = patience;
    }

    /// Is told what the body comes over, before it comes.
    ReceivedBody over(Version http) {
        version = http;
        return this;
    }

    @Override
    public CompletionStage<InputStream> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription begun) {
        subscription.set(begun);
        if (closed) {
            begun.cancel();
        } else {
            begun.request(version == Version.HTTP_2 ? FRAMES : 1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        arrivals.add(new Arrival.Bytes(buffers));
    }

    @Override
    public void onError(Throwable failure) {
        arrivals.add(new Arrival.End(failure));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End(null));
    }

    @Override
    public int read() throws IOException {
        ByteBuffer bytes = await();
        return bytes == null ? -1 : bytes.get() & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer bytes = await();
        if (bytes == null) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        closed = true;
        Subscription begun = subscription.get();
        if (begun != null) {
            begun.cancel();
        }
    }

    /// Waits until there is something to read; null at the end.
    private @Nullable ByteBuffer await() throws IOException {
        while (true) {
            ByteBuffer bytes = untaken.peek();
            if (bytes != null && bytes.hasRemaining()) {
                return bytes;
            }
            if (bytes != null) {
                untaken.remove();
            } else if (ended) {
                return null;
            } else {
                take(next());
            }
        }
    }

    private void take(Arrival arrival) throws IOException {
        switch (arrival) {
            case Arrival.Bytes bytes -> {
                taken++;
                untaken.addAll(bytes.buffers());
            }
            case Arrival.End end -> {
                ended = true;
                if (end.cause() != null) {
                    throw new IOException("the answer broke off", end.cause());
                }
            }
        }
    }

    private Arrival next() throws IOException {
        if (closed) {
            throw new IOException("the call was ended");
        }
        Arrival here = arrivals.poll();
        if (here != null) {
            return here;
        }
        try {
            letMoreCome();
            Arrival arrival = arrivals.poll(patience.nanosLeft(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                close();
                throw new HttpTimeoutException(patience.exhausted());
            }
            woken = System.nanoTime();
            return arrival;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private void letMoreCome() throws InterruptedException {
        long pause = Math.min(woken + TOGETHER.toNanos() - System.nanoTime(), patience.nanosLeft());
        if (pause > 0) {
            TimeUnit.NANOSECONDS.sleep(pause);
        }
        Subscription begun = subscription.get();
        if (taken > 0 && begun != null) {
            begun.request(taken);
            taken = 0;
        }
    }
}
