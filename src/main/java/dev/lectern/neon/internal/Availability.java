package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Whether the database can be had, and what work does while it cannot: wait for the one flight that brings it
/// back, or be refused.
///
/// Connections belong to a generation: when the first of them shows that the database went away, all of them are
/// given up and a new generation begins; what the others of the old one show later is no news.
final class Availability {

    private final NeonSettings settings;
    private final NeonListener listener;
    private final StateReport report;
    private final Growth growth = new Growth();
    private final Activity activity = new Activity();
    private final WakeTimes wakes = new WakeTimes();
    private final Refusals refusals = new Refusals(growth, wakes);
    private final Pause pause;
    private final Guard guard = new Guard();
    private final AtomicLong generation = new AtomicLong();
    private volatile boolean open;
    private @Nullable Outage outage;
    private int vainOpenings;
    private long lastInterest;
    private boolean flying;
    private boolean closed;
    private Runnable launch = () -> {};

    Availability(NeonSettings settings, InstantSource clock, NeonListener listener) {
        this.settings = settings;
        this.listener = listener;
        this.pause = new Pause(clock);
        this.report = new StateReport(settings, clock, listener, pause, growth, activity);
    }

    /// Sets what looks for the database.
    ///
    /// @param flight starts the flight that looks for the database until [#awaitTurn] tells it to end
    void launchesWith(Runnable flight) {
        this.launch = flight;
    }

    /// When the pool may grow.
    Growth growth() {
        return growth;
    }

    Activity activity() {
        return activity;
    }

    boolean isOpen() {
        return open;
    }

    /// Which generation of connections is in use, or is being made.
    long generation() {
        return generation.get();
    }

    /// Waits until connections can be had.
    ///
    /// @throws DatabaseUnavailableException where that is not to be expected before the deadline, and in a pause
    void awaitOpen(Deadline deadline) {
        pause.refuse();
        if (open) {
            return;
        }
        guard.lock();
        try {
            while (!open) {
                pause.refuse();
                look();
                refuseIfUseless();
                long left = deadline.remaining().toNanos();
                if (left == 0) {
                    throw refusal();
                }
                guard.changed().awaitNanos(Math.min(left, untilRefusing()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while waiting for the database");
        } finally {
            guard.unlock();
        }
    }

    /// No connection is left, and nothing has shown that the database went away: a flight finds out what has become of
    /// it.
    void ranOut() {
        boolean asleep = activity.outlasted(settings.suspendTimeout());
        guard.run(() -> {
            if (!closed && open) {
                begin(vain -> Outage.withoutConnections(
                        growth.failure(), activity.trouble(), asleep, vain, System.nanoTime()));
            }
        });
        publish();
    }

    private void begin(IntFunction<Outage> beginning) {
        open = false;
        generation.incrementAndGet();
        vainOpenings = activity.hasServed() ? 0 : vainOpenings + 1;
        outage = beginning.apply(vainOpenings);
        look();
    }

    /// Whether a connection may be made beside others now.
    boolean mayGrow() {
        return open && !pause.isOn() && growth.untilNextNanos() <= 0;
    }

    /// Waits until a connection may be made beside others, but no longer than is said.
    void awaitGrowth(Duration longest) throws InterruptedException {
        guard.lock();
        try {
            long left = longest.toNanos();
            while (left > 0 && !closed && !mayGrow()) {
                left = guard.changed().awaitNanos(left);
            }
        } finally {
            guard.unlock();
        }
    }

    /// A connection of a generation has shown that the database went away.
    ///
    /// @param giveUp gives up the connections of that generation, before there can be any of the next
    void lost(long of, DatabaseFailure failure, Runnable giveUp) {
        leave(of, giveUp, () -> begin(vain -> Outage.begin(failure, vain, System.nanoTime())));
    }

    /// A connection that nobody uses has shown it: nobody has to wait yet, and nothing looks for the database until
    /// somebody wants it.
    void fellAsleep(long of, Runnable giveUp) {
        leave(of, giveUp, () -> generation.incrementAndGet());
    }

    private void leave(long of, Runnable giveUp, Runnable next) {
        guard.run(() -> {
            if (!closed && open && of == generation.get()) {
                open = false;
                giveUp.run();
                next.run();
            }
        });
        publish();
    }

    /// Waits until the flight may make its next attempt.
    ///
    /// @return whether it is to make one; where not, the flight is over
    boolean awaitTurn() throws InterruptedException {
        guard.lock();
        try {
            while (true) {
                Outage current = outage;
                long now = System.nanoTime();
                long left = lastInterest + settings.patience().interest().toNanos() - now;
                if (closed || open || current == null || left <= 0 || pause.isOn()) {
                    flying = false;
                    return false;
                }
                if (now - current.next() >= 0) {
                    return true;
                }
                guard.changed().awaitNanos(Math.min(current.next() - now, left));
            }
        } finally {
            guard.unlock();
        }
    }

    /// How long the flight's next attempt may take; empty for as long as a login may.
    Optional<Duration> loginWithin() {
        return guard.get(() -> outage == null ? Optional.empty() : outage.loginWithin());
    }

    /// The flight's attempt failed.
    void attemptFailed(DatabaseFailure failure) {
        guard.run(() -> {
            Outage current = outage;
            if (current != null) {
                outage = current.failed(failure, System.nanoTime());
            }
            guard.tell();
        });
        publish();
    }

    /// The flight has a connection, and is over: everything goes on.
    void opened() {
        // Whoever listens knows of it before anybody goes on.
        Duration woke = guard.get(() -> outage == null ? Duration.ZERO : outage.woke(System.nanoTime()));
        if (woke.isPositive()) {
            listener.databaseWoke(woke);
        }
        guard.run(() -> {
            flying = false;
            if (woke.isPositive()) {
                wakes.add(woke.toNanos());
            }
            outage = null;
            activity.opened();
            growth.succeeded();
            open = !closed;
            guard.tell();
        });
        publish();
    }

    /// From now on all work is refused, and nothing looks for the database, until this is resumed or the time is over.
    void pause(Duration atMost) {
        guard.run(() -> {
            pause.begin(atMost);
            guard.tell();
        });
        publish();
    }

    void resume() {
        pause.end();
        publish();
    }

    Pause pause() {
        return pause;
    }

    WakeTimes wakes() {
        return wakes;
    }

    /// The flight has ended as none should: whoever waits launches another.
    void crashed() {
        guard.run(() -> {
            flying = false;
            guard.tell();
        });
    }

    /// The state now. Being asleep is assumed, from how long nobody has asked for anything.
    DatabaseState state() {
        publish();
        return report.last();
    }

    /// What work is told that cannot wait any longer.
    DatabaseUnavailableException refusal() {
        return guard.get(() -> refusals.of(closed, outage));
    }

    /// Tells the listener where the state is another now.
    void publish() {
        Runnable news = guard.get(() -> report.look(open, outage));
        news.run();
    }

    void close() {
        guard.run(() -> {
            closed = true;
            open = false;
            guard.tell();
        });
    }

    /// Somebody wants the database: sees to it that it is looked for.
    private void look() {
        if (closed || open) {
            return;
        }
        long now = System.nanoTime();
        lastInterest = now;
        if (!flying) {
            Outage current = outage;
            outage = current == null ? Outage.begin(new Waking(Waking.Reason.STARTING), 0, now) : current.asked(now);
            flying = true;
            launch.run();
        }
    }

    private void refuseIfUseless() {
        Outage current = outage;
        if (closed || (current != null && current.refuses(System.nanoTime(), settings.patience()))) {
            throw refusal();
        }
    }

    private long untilRefusing() {
        Outage current = outage;
        return current == null ? Long.MAX_VALUE : current.untilRefusing(System.nanoTime(), settings.patience());
    }
}
