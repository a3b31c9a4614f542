package dev.lectern.limits;

import dev.lectern.problem.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What there is to guess of the operator's secrets, and what was refused where they are asked for.
///
/// The log has a line for the first refusal at once, and for those after it one in ten seconds at most, with
/// their number: whoever guesses shall not fill it.
final class OperatorGuesses {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorGuesses.class);
    private static final long PAUSE = Duration.ofSeconds(10).toNanos();

    private final Buckets<ClientAddress> addresses;
    private final LimitListener listener;
    private final LongSupplier nanoTime;
    private final AtomicLong untold = new AtomicLong();
    private final AtomicLong nextLine;

    /// @param nanoTime as [System#nanoTime()]
    OperatorGuesses(LimitSettings settings, LimitListener listener, LongSupplier nanoTime) {
        this.addresses = Buckets.filling(Limit.ADMIN_GUESSES, settings.adminGuesses(), nanoTime);
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.nextLine = new AtomicLong(nanoTime.getAsLong());
    }

    /// Takes a guess before anybody knows whether it is right, so that many at once are not more than one after
    /// the other. Null where it may be looked at.
    @Nullable
    Problem take(InetAddress client) {
        Taken taken = addresses.take(ClientAddress.of(client));
        if (taken == null || taken.isGranted()) {
            return null;
        }
        listener.refused(Limit.ADMIN_GUESSES);
        return taken.problem();
    }

    /// It was right, and so none.
    void giveBack(InetAddress client) {
        addresses.giveBack(ClientAddress.of(client));
    }

    /// Notes that a request was refused.
    void refused(InetAddress client, int status) {
        untold.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = nextLine.get();
        if (now - due >= 0 && nextLine.compareAndSet(due, now + PAUSE)) {
            LOG.warn(
                    "requests refused where the operator's secrets are asked for, since the last such line: {}; the last"
                            + " with {} from {}",
                    untold.getAndSet(0),
                    status,
                    client.getHostAddress());
        }
    }
}
