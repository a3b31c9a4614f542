package dev.lectern.embedded.gateway;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many connections to the compute are being made at once. Neon's proxy allows a hundred for each endpoint and
/// hardly waits (neondatabase/neon, proxy/src/config.rs).
final class ConnectPermits {

    static final int PERMITS = 100;
    static final Duration PATIENCE = Duration.ofMillis(10);

    private final Semaphore permits;

    ConnectPermits() {
        this(PERMITS);
    }

    ConnectPermits(int count) {
        this.permits = new Semaphore(count);
    }

    void acquire() throws LoginRefusedException, InterruptedException {
        if (!permits.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new LoginRefusedException(ProxyErrors.TOO_MANY_ATTEMPTS);
        }
    }

    void release() {
        permits.release();
    }
}
