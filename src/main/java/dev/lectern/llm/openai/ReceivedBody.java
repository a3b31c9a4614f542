package dev.lectern.llm.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
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
/// The JDK's own stream has no way to wait for a limited time.
final class ReceivedBody extends InputStream implements BodySubscriber<InputStream> {

    private sealed interface Arrival {
        record Bytes(ByteBuffer bytes) implements Arrival {}

        record End(@Nullable Throwable cause) implements Arrival {}
    }

    private final Patience patience;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean closed;
    private ByteBuffer current = ByteBuffer.allocate(0);
    private boolean ended;

    ReceivedBody(Patience patience) {
        this.patience = patience;
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
            begun.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        buffers.forEach(bytes -> arrivals.add(new Arrival.Bytes(bytes)));
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
        return await() ? current.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (!await()) {
            return -1;
        }
        int count = Math.min(length, current.remaining());
        current.get(target, offset, count);
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

    /// Waits until there is something to read; false at the end.
    private boolean await() throws IOException {
        while (!current.hasRemaining()) {
            if (ended) {
                return false;
            }
            if (closed) {
                throw new IOException("the call was ended");
            }
            switch (next()) {
                case Arrival.Bytes arrived -> {
                    current = arrived.bytes();
                    if (arrivals.isEmpty()) {
                        Objects.requireNonNull(subscription.get()).request(1);
                    }
                }
                case Arrival.End end -> {
                    ended = true;
                    if (end.cause() != null) {
                        throw new IOException("the answer broke off", end.cause());
                    }
                }
            }
        }
        return true;
    }

    private Arrival next() throws IOException {
        try {
            Arrival arrival = arrivals.poll(patience.nanosLeft(), TimeUnit.NANOSECONDS);
            if (arrival == null) {
                close();
                throw new HttpTimeoutException(patience.exhausted());
            }
            return arrival;
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
