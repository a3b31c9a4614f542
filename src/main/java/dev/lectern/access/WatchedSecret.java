package dev.lectern.access;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The home's signing secret as a running server has it: the files are looked at again when a token is, at
/// most once in five seconds. So a rotation needs no restart.
public final class WatchedSecret implements Supplier<TokenKeys> {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedSecret.class);
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final SigningSecret secret;
    private final InstantSource clock;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Seen seen;

    private record Seen(Instant at, List<byte[]> secrets, TokenKeys keys) {

        Seen again(Instant now) {
            return new Seen(now, secrets, keys);
        }

        boolean is(List<byte[]> others) {
            return secrets.size() == others.size()
                    && IntStream.range(0, secrets.size()).allMatch(i -> Arrays.equals(secrets.get(i), others.get(i)));
        }
    }

    /// Reads the files, or makes the secret.
    public WatchedSecret(SigningSecret secret, InstantSource clock) {
        this.secret = secret;
        this.clock = clock;
        List<byte[]> found = secret.readOrMake();
        this.seen = new Seen(clock.instant(), found, TokenKeys.of(found));
    }

    @Override
    public TokenKeys get() {
        if (isDue() && looking.tryLock()) {
            try {
                if (isDue()) {
                    look();
                }
            } finally {
                looking.unlock();
            }
        }
        return seen.keys();
    }

    private boolean isDue() {
        return Duration.between(seen.at(), clock.instant()).abs().compareTo(LOOK) >= 0;
    }

    private void look() {
        Instant now = clock.instant();
        try {
            List<byte[]> found = secret.readOrMake();
            if (!seen.is(found)) {
                seen = new Seen(now, found, TokenKeys.of(found));
                LOG.info("readers' tokens are signed with a new secret; {} before it are still good", found.size() - 1);
                return;
            }
        } catch (UncheckedIOException | IllegalArgumentException | IllegalStateException e) {
            LOG.warn("the signing secret cannot be read; the one before stays in use", e);
        }
        seen = seen.again(now);
    }
}
