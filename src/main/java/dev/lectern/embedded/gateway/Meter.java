package dev.lectern.embedded.gateway;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// Counts what goes through the gateway.
final class Meter {

    private final LongAdder connections = new LongAdder();
    private final LongAdder logins = new LongAdder();
    private final LongAdder roundTrips = new LongAdder();
    private final LongAdder statements = new LongAdder();
    private final Level clients = new Level();
    private final Level backends = new Level();

    /// How many there are, and how many there were at most.
    static final class Level {

        private final AtomicInteger now = new AtomicInteger();
        private final AtomicLong most = new AtomicLong();

        void up() {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
        }

        void down() {
            now.decrementAndGet();
        }

        private void reset() {
            most.set(now.get());
        }
    }

    Level clients() {
        return clients;
    }

    Level backends() {
        return backends;
    }

    void connected() {
        connections.increment();
    }

    void loggedIn() {
        logins.increment();
    }

    void roundTrip() {
        roundTrips.increment();
    }

    void statement() {
        statements.increment();
    }

    Counts counts() {
        return new Counts(
                connections.sum(),
                logins.sum(),
                roundTrips.sum(),
                statements.sum(),
                clients.now.get(),
                clients.most.get(),
                backends.now.get(),
                backends.most.get());
    }

    void reset() {
        connections.reset();
        logins.reset();
        roundTrips.reset();
        statements.reset();
        clients.reset();
        backends.reset();
    }
}
