package dev.lectern.neon.internal;

import dev.lectern.neon.NeonSettings.Patience;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.monitor.DatabaseState.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// A time without a database: how it began, what the last attempt to end it met, and when the next may be made.
///
/// @param cause what was met last
/// @param began when it began, on the monotonic clock, like all times here
/// @param announced whether the server had said that it goes down, as it does in a restart and when Neon suspends
///     it
/// @param silent whether the network has swallowed all that was sent since
/// @param routine whether nothing suggests a fault or a sleep: only the last connection has ended by its age
/// @param attempts how many attempts have failed, or opened in vain
/// @param next when the next attempt may be made
record Outage(
        DatabaseFailure cause,
        long began,
        boolean announced,
        boolean silent,
        boolean routine,
        int attempts,
        long next) {

    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long SHORT_PAUSE = TimeUnit.MILLISECONDS.toNanos(200);

    /// Where the network has swallowed what was sent, it may swallow an attempt too: better another one soon.
    private static final Duration IN_SILENCE = Duration.ofMillis(600);

    /// So many attempts are given that time. Then the server may be there and only slow, as on a machine that starves:
    /// each further one is given twice as much, up to eight times.
    private static final int HASTY = 8;

    private static final int MOST_DOUBLINGS = 3;

    /// For so long a compute that says that it wakes is asked often.
    private static final long SOON_AWAKE = TimeUnit.SECONDS.toNanos(5);

    private static final DatabaseFailure QUEUE_TIMEOUT = new Saturated(Saturated.Reason.QUEUE_TIMEOUT);

    /// Begins.
    ///
    /// @param vainOpenings how often before this it seemed to end and nothing was served: then the next attempt
    ///     waits as if it had gone on
    static Outage begin(DatabaseFailure cause, int vainOpenings, long now) {
        long next = vainOpenings == 0 ? now : now + pause(cause, vainOpenings);
        boolean silent = cause.equals(new ConnectionLost(ConnectionLost.Reason.SILENT));
        return new Outage(cause, now, announces(cause), silent, false, vainOpenings, next);
    }

    /// Begins where no connection is left: the network is silent where a login or work just came to nothing; the
    /// pooler is full where it says so; the compute is asleep where nobody used it; else only the last connection
    /// has grown old, and another is made.
    ///
    /// @param login what making another connection met lately
    /// @param work what work met lately
    /// @param asleep whether the compute is suspended by now
    static Outage withoutConnections(
            Optional<DatabaseFailure> login,
            Optional<DatabaseFailure> work,
            boolean asleep,
            int vainOpenings,
            long now) {
        boolean silent = login.filter(new Down(Down.Reason.UNREACHABLE)::equals).isPresent()
                || work.filter(new TimedOut(TimedOut.Reason.NO_ANSWER)::equals).isPresent();
        if (silent) {
            return begin(new ConnectionLost(ConnectionLost.Reason.SILENT), vainOpenings, now);
        }
        if (work.filter(QUEUE_TIMEOUT::equals).isPresent()) {
            return begin(QUEUE_TIMEOUT, vainOpenings, now);
        }
        Waking waking = new Waking(Waking.Reason.STARTING);
        return asleep || login.isPresent() || work.isPresent()
                ? begin(waking, vainOpenings, now)
                : new Outage(waking, now, false, false, true, 0, now);
    }

    /// Somebody asks again, after nobody had for so long that looking had stopped.
    Outage asked(long now) {
        return now - next < 0 ? this : new Outage(cause, now, announced, silent, routine, 0, now);
    }

    Outage failed(DatabaseFailure with, long now) {
        int count = attempts + 1;
        boolean still = silent && with.equals(new Down(Down.Reason.UNREACHABLE));
        // Whoever waits has little time: a wake ends soon or is a long one, and in silence the attempt itself took
        // long.
        boolean hurries = still || (with instanceof Waking && now - began < SOON_AWAKE);
        long pause = hurries ? Math.min(pause(with, count), SHORT_PAUSE) : pause(with, count);
        return new Outage(with, began, announced || announces(with), still, false, count, now + pause);
    }

    /// How long the next attempt may take; empty for as long as a login may, which a waking compute needs.
    Optional<Duration> loginWithin() {
        int doublings = Math.clamp(attempts - HASTY + 1, 0, MOST_DOUBLINGS);
        return silent ? Optional.of(IN_SILENCE.multipliedBy(1L << doublings)) : Optional.empty();
    }

    /// Whether requests are refused at once. Until an attempt has failed they wait: while the compute wakes, the
    /// proxy holds the attempt, and says nothing. A server that says that it wakes is waited for as long as a
    /// restart may take: after that each request would wait for nothing until its deadline.
    boolean refuses(long now, Patience patience) {
        if (attempts == 0 || cause instanceof ConnectionLost) {
            return false;
        }
        return now - refusesFrom(patience) >= 0;
    }

    /// When requests begin to be refused at once, should the cause stay.
    private long refusesFrom(Patience patience) {
        return switch (cause) {
            case Down(Down.Reason reason)
            when reason != Down.Reason.UNREACHABLE && reason != Down.Reason.UNKNOWN -> began;
            // Whoever met it had waited in the pooler's queue; whoever waits here would only lengthen that.
            case Saturated full when full.equals(QUEUE_TIMEOUT) -> began;
            default -> began + (announced ? patience.restart() : patience.outage()).toNanos();
        };
    }

    /// Whether it is a compute's waking, rather than a fault, as far as the last attempt shows.
    boolean wakes() {
        return !routine && (cause instanceof Waking || announced);
    }

    /// How long the wake has taken; zero where it is none.
    Duration woke(long now) {
        return wakes() ? Duration.ofNanos(now - began) : Duration.ZERO;
    }

    /// For how long at most a request may wait until it has to look whether it is refused.
    long untilRefusing(long now, Patience patience) {
        long until = refusesFrom(patience) - now;
        return until > 0 ? until : Long.MAX_VALUE;
    }

    Status status(long now, Patience patience) {
        if (cause instanceof Saturated) {
            return Status.SATURATED;
        }
        return refuses(now, patience) && !(cause instanceof Waking) ? Status.DOWN : Status.WAKING;
    }

    /// What a request is told that cannot wait any longer.
    DatabaseFailure told() {
        return switch (cause) {
            case ConnectionLost lost -> new Waking(announced ? Waking.Reason.RESTARTING : Waking.Reason.LOST);
            case DatabaseFailure other -> other;
        };
    }

    /// Doubles from 200 ms to what the class of the failure allows, with jitter, so that replicas spread.
    static long pause(DatabaseFailure cause, int attempts) {
        long longest = cause.response().probe().toNanos();
        boolean passesByItself = longest <= TimeUnit.SECONDS.toNanos(1);
        long pause = passesByItself ? Math.min(longest, FIRST_PAUSE << Math.min(attempts, 6)) : longest;
        long jitter = ThreadLocalRandom.current().nextLong(pause / 4 + 1);
        // Where a class sets a least pause the jitter must not shorten it.
        return passesByItself ? pause - jitter : pause + jitter / 4;
    }

    private static boolean announces(DatabaseFailure cause) {
        return switch (cause) {
            case Waking waking -> true;
            case ConnectionLost lost -> lost.reason() == ConnectionLost.Reason.TERMINATED;
            default -> false;
        };
    }
}
