package dev.lectern.neon.internal;

import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonListener;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after the connections that work holds: has the server cancel a statement whose deadline has passed, so that
/// it does not run on for nobody, ends the connection where not even that is answered, and tells who holds a connection
/// for too long.
///
/// While nothing is held it rests.
final class Overseer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Overseer.class);

    /// How long the server's word on a canceled statement is waited for after the deadline. No reply is to be later
    /// than a tenth of a second, and a busy machine takes half of that to end a connection and wake who waits.
    static final Duration LAST_WORD = Duration.ofMillis(50);

    private static final Duration BETWEEN_ROUNDS = Duration.ofMillis(20);

    private final Set<Holding> holdings = ConcurrentHashMap.newKeySet();
    private final Duration tooLong;
    private final NeonListener listener;
    private final Thread rounds;
    private volatile boolean resting;
    private volatile boolean closed;

    /// @param tooLong after which a holder is told of
    Overseer(Duration tooLong, NeonListener listener) {
        this.tooLong = tooLong;
        this.listener = listener;
        // A thread of the platform: it has to come when all carriers of virtual threads are busy.
        this.rounds = Thread.ofPlatform().daemon().name("neon-overseer").start(this::makeRounds);
    }

    void begin(Holding holding) {
        holdings.add(holding);
        if (resting) {
            LockSupport.unpark(rounds);
        }
    }

    void end(Holding holding) {
        holdings.remove(holding);
    }

    /// The connections that are held now, the oldest first.
    List<HeldConnection> holders() {
        return holdings.stream()
                .map(holding -> holding.seen(tooLong))
                .sorted(Comparator.comparing(HeldConnection::age).reversed())
                .toList();
    }

    /// After which time a holder is told of.
    Duration tooLong() {
        return tooLong;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(rounds);
    }

    private void makeRounds() {
        while (!closed) {
            if (holdings.isEmpty()) {
                rest();
            } else {
                // No longer than until the next deadline: its caller would wait for the round too.
                long pause = BETWEEN_ROUNDS.toNanos();
                for (Holding holding : holdings) {
                    pause = Math.min(pause, look(holding));
                }
                LockSupport.parkNanos(pause);
            }
        }
    }

    private void rest() {
        resting = true;
        // Whoever came before the flag was seen has not woken this thread.
        if (holdings.isEmpty() && !closed) {
            LockSupport.park();
        }
        resting = false;
    }

    /// Does what is due, and tells in how many nanoseconds the deadline makes something else due.
    private long look(Holding holding) {
        long untilDeadline = holding.nanosLeft();
        long untilLastWord = untilDeadline + LAST_WORD.toNanos();
        if (untilLastWord <= 0) {
            if (holding.abandon()) {
                // A thread of the platform too; not this one, since closing TLS may wait for the socket.
                Thread.ofPlatform().daemon().name("neon-abort").start(() -> abort(holding));
            }
        } else if (untilDeadline <= 0 && holding.cancel()) {
            Thread.ofPlatform().daemon().name("neon-cancel").start(() -> cancel(holding));
        }
        reportIfHeldTooLong(holding);
        if (untilLastWord <= 0) {
            return Long.MAX_VALUE;
        }
        return untilDeadline > 0 ? untilDeadline : untilLastWord;
    }

    private void reportIfHeldTooLong(Holding holding) {
        Duration held = holding.held();
        if (held.compareTo(tooLong) > 0 && holding.report()) {
            Exception stack = new Exception("the stack of who holds it");
            stack.setStackTrace(holding.holder().getStackTrace());
            LOG.warn(
                    "{} has held a connection for {} ms: nothing but statements belongs in there",
                    holding.criticality(),
                    held.toMillis(),
                    stack);
            listener.heldTooLong(holding.criticality(), held, stack.getStackTrace());
        }
    }

    private static void abort(Holding holding) {
        try {
            holding.physical().abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("a connection could not be ended", e);
        }
    }

    private static void cancel(Holding holding) {
        try {
            // Returns when the server has taken it, or, without a word, after pgjdbc's cancelSignalTimeout: later than
            // anybody waits to hear of it.
            holding.physical().cancelQuery();
            holding.heard().complete(true);
        } catch (SQLException e) {
            // The answer is not waited for much longer anyway.
            LOG.debug("a statement could not be canceled", e);
            holding.heard().complete(false);
        }
    }
}
