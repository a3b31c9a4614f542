package dev.lectern.neon.monitor;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.DatabaseState.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The last hour of the connection layer, second by second, in arrays that never grow.
///
/// Events count for the second in which they happen, and so are right whoever calls [#tick] or does not; a second
/// without a tick has no state and no levels, and is a gap.
public final class Timeline implements NeonListener {

    /// How many seconds are remembered.
    public static final int SECONDS = 3_600;

    /// Two ticks that are less apart leave no gap: one of them came a little late.
    private static final Duration LATE = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final StateHistory states = new StateHistory();
    private final long first;
    private long newest;
    private long noted;
    private @Nullable Instant ticked;

    private final @Nullable Status[] status = new @Nullable Status[SECONDS];
    private final @Nullable DatabaseFailure[] cause = new @Nullable DatabaseFailure[SECONDS];

    private final int[] active = new int[SECONDS];
    private final int[] idle = new int[SECONDS];
    private final int[] waiting = new int[SECONDS];
    private final int[] maximum = new int[SECONDS];

    private final int[] served = new int[SECONDS];
    private final int[] refused = new int[SECONDS];
    private final int[] timedOut = new int[SECONDS];
    private final int[] failed = new int[SECONDS];
    private final int[] wakes = new int[SECONDS];
    private final int[] repeated = new int[SECONDS];

    private final List<int[]> numbers =
            List.of(active, idle, waiting, maximum, served, refused, timedOut, failed, wakes, repeated);

    /// One second.
    ///
    /// @param at when it began
    /// @param status of the database; null in a gap
    /// @param cause why it is not ready
    /// @param active connections in use; like the other levels 0 in a gap
    /// @param idle connections open and unused
    /// @param waiting pieces of work that waited for a permit
    /// @param maximum of connections
    /// @param served pieces of work done
    /// @param refused pieces of work that got no connection, other than for their deadline
    /// @param timedOut pieces of work that ended at a deadline or a timeout
    /// @param failed pieces of work that another failure ended
    /// @param wakes how often the compute woke
    public record Point(
            Instant at,
            @Nullable Status status,
            @Nullable DatabaseFailure cause,
            int active,
            int idle,
            int waiting,
            int maximum,
            int served,
            int refused,
            int timedOut,
            int failed,
            int wakes) {

        /// Whether nobody looked in this second: its counts are right, the rest is not known.
        public boolean isGap() {
            return status == null;
        }
    }

    /// A time in which the state was the same, however short.
    ///
    /// @param until when it ended; null for the present one
    public record StateSpan(
            Status status,
            @Nullable DatabaseFailure cause,
            Instant from,
            @Nullable Instant until) {}

    /// How much happened in a second, on average.
    ///
    /// @param seconds over how many; 0 where none has passed
    /// @param repeated failures after which the work was done once more
    public record Rates(
            int seconds,
            double served,
            double refused,
            double timedOut,
            double failed,
            double wakes,
            double repeated) {}

    /// One that remembers nothing yet.
    ///
    /// @param clock that of the connection layer, which dates its states
    public Timeline(InstantSource clock) {
        this.clock = clock;
        this.first = clock.instant().getEpochSecond();
        this.newest = first;
    }

    /// Notes the state and the levels of this second. To be called once a second.
    public synchronized void tick(Instant now, NeonSnapshot snapshot) {
        long second = advance(now);
        Instant before = ticked;
        if (before != null && Duration.between(before, now).compareTo(LATE) < 0) {
            for (long missed = noted + 1; missed < second; missed++) {
                note(slot(missed), snapshot);
            }
        }
        note(slot(second), snapshot);
        noted = second;
        ticked = now;
        states.seen(snapshot.state());
    }

    private void note(int slot, NeonSnapshot snapshot) {
        status[slot] = snapshot.state().status();
        cause[slot] = snapshot.state().cause();
        active[slot] = snapshot.active();
        idle[slot] = snapshot.idle();
        waiting[slot] = snapshot.waiting();
        maximum[slot] = snapshot.maximum();
    }

    /// The seconds that have passed, the oldest first.
    public synchronized List<Point> points() {
        long present = advance(clock.instant());
        List<Point> points = new ArrayList<>();
        for (long second = oldest(present, SECONDS - 1); second < present; second++) {
            points.add(point(second));
        }
        return points;
    }

    /// The states of the last hour, the oldest first.
    public synchronized List<StateSpan> spans() {
        return states.spans(clock.instant().minusSeconds(SECONDS));
    }

    /// How much happened in each of the last seconds that have passed.
    ///
    /// @param seconds how many, at most an hour
    public synchronized Rates rates(int seconds) {
        if (seconds < 1 || seconds > SECONDS) {
            throw new IllegalArgumentException("rates are of 1 to " + SECONDS + " seconds");
        }
        long present = advance(clock.instant());
        long from = oldest(present, Math.min(seconds, SECONDS - 1));
        int passed = (int) (present - from);
        return new Rates(
                passed,
                rate(served, from, passed),
                rate(refused, from, passed),
                rate(timedOut, from, passed),
                rate(failed, from, passed),
                rate(wakes, from, passed),
                rate(repeated, from, passed));
    }

    @Override
    public void workFinished(Criticality criticality, Duration held, Permit.Outcome outcome) {
        if (outcome == Permit.Outcome.SUCCESS) {
            count(served);
        }
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        count(failure instanceof TimedOut ? timedOut : refused);
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        if (repeated) {
            count(this.repeated);
        } else {
            count(failure instanceof TimedOut ? timedOut : failed);
        }
    }

    @Override
    public void databaseWoke(Duration took) {
        count(wakes);
    }

    @Override
    public synchronized void stateChanged(DatabaseState before, DatabaseState after) {
        states.changed(before, after);
    }

    private synchronized void count(int[] what) {
        what[slot(advance(clock.instant()))]++;
    }

    /// Clears the seconds that begin, and tells which one it is. One that lies before the newest is the newest: a clock
    /// that is set back takes nothing away.
    private long advance(Instant now) {
        long second = now.getEpochSecond();
        for (long each = Math.max(newest + 1, second - SECONDS + 1); each <= second; each++) {
            int slot = slot(each);
            status[slot] = null;
            cause[slot] = null;
            for (int[] number : numbers) {
                number[slot] = 0;
            }
        }
        newest = Math.max(newest, second);
        return newest;
    }

    private long oldest(long present, int seconds) {
        return Math.max(first, present - seconds);
    }

    private Point point(long second) {
        int slot = slot(second);
        return new Point(
                Instant.ofEpochSecond(second),
                status[slot],
                cause[slot],
                active[slot],
                idle[slot],
                waiting[slot],
                maximum[slot],
                served[slot],
                refused[slot],
                timedOut[slot],
                failed[slot],
                wakes[slot]);
    }

    private double rate(int[] what, long from, int seconds) {
        long sum = 0;
        for (long second = from; second < from + seconds; second++) {
            sum += what[slot(second)];
        }
        return seconds == 0 ? 0 : (double) sum / seconds;
    }

    private static int slot(long second) {
        return Math.floorMod(second, SECONDS);
    }
}
