package dev.lectern.console;

import dev.lectern.console.Entry.Actor;
import dev.lectern.console.Entry.Kind;
import dev.lectern.console.Entry.Level;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes down what the connection layer tells: what is rare at once, what comes in floods as a count.
///
/// Whoever works pays for no more than a count: the entries of floods are written by [#tick].
final class ConnectionEvents implements NeonListener {

    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final EventLog log;
    private final InstantSource clock;
    private final Bursts refusals = new Bursts(WINDOW, WINDOW);
    private final Bursts failures = new Bursts(WINDOW, WINDOW);
    private final Bursts attempts = new Bursts(MINUTE, WINDOW);
    private final Leading refusing = new Leading();
    private final Leading failing = new Leading();
    private long ticks;

    ConnectionEvents(EventLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// A second has passed: floods that are over are written down.
    void tick() {
        Instant now = clock.instant();
        refusals.end(
                now,
                burst -> write(
                        Kind.REFUSALS, burst, burst.count() == 1 ? " of work was refused" : " of work were refused"));
        failures.end(now, burst -> write(Kind.POOL, burst, " of work failed"));
        attempts.end(
                now,
                burst -> log.write(
                        Kind.POOL,
                        Level.WARNING,
                        Actor.LECTERN,
                        Words.count(burst.count(), "attempt") + " to connect failed" + within(burst) + ": "
                                + burst.cause().message(),
                        burst.cause().slug()));
        if (++ticks % 5 == 0) {
            refusing.next();
            failing.next();
        }
    }

    /// Why most work was refused of late; null where none was.
    @Nullable
    DatabaseFailure mostRefusedFor() {
        return refusing.most();
    }

    /// Why most work failed of late; null where none did.
    @Nullable
    DatabaseFailure mostFailedFor() {
        return failing.most();
    }

    @Override
    public void refused(Criticality criticality, Duration waited, DatabaseFailure failure) {
        refusals.count(failure, clock.instant());
        // What came too late has failed, whoever noticed it.
        (failure instanceof TimedOut ? failing : refusing).count(failure);
    }

    @Override
    public void workFailed(Criticality criticality, DatabaseFailure failure, boolean repeated) {
        failures.count(failure, clock.instant());
        failing.count(failure);
    }

    @Override
    public void connectionFailed(DatabaseFailure failure, Duration took) {
        attempts.count(failure, clock.instant());
    }

    @Override
    public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
        String own = Arrays.stream(stack)
                .filter(frame -> frame.getClassName().startsWith("dev.lectern."))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse(null);
        log.write(
                Kind.POOL,
                Level.WARNING,
                Actor.LECTERN,
                "Work (" + criticality.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                        + ") has held a connection for " + Words.duration(held),
                own);
    }

    @Override
    public void slotsExhausted(List<SlotHolder> holders) {
        String who = holders.stream()
                .map(holder -> holder.application() + " (" + holder.role() + ") " + holder.connections())
                .collect(Collectors.joining(", "));
        log.write(
                Kind.POOL,
                Level.WARNING,
                Actor.NEON,
                "The server has no more connections" + (who.isEmpty() ? "" : ": " + who));
    }

    @Override
    public void databaseWoke(Duration took) {
        log.write(Kind.STATE, Level.INFO, Actor.NEON, "The database woke in " + Words.duration(took));
    }

    @Override
    public void stateChanged(DatabaseState before, DatabaseState after) {
        DatabaseFailure cause = after.cause();
        log.write(
                Kind.STATE,
                level(after.status()),
                Actor.LECTERN,
                name(before) + " → " + name(after) + " after "
                        + Words.duration(Duration.between(before.since(), after.since()))
                        + (cause == null ? "" : ": " + cause.message()),
                cause == null ? null : cause.slug());
    }

    private void write(Kind kind, Bursts.Burst burst, String what) {
        log.write(
                kind,
                Level.WARNING,
                Actor.LECTERN,
                Words.count(burst.count(), "piece") + what + within(burst) + ": "
                        + burst.cause().message(),
                burst.cause().slug());
    }

    private static String within(Bursts.Burst burst) {
        return burst.count() == 1 ? "" : " within " + Words.duration(burst.lasted());
    }

    private static String name(DatabaseState state) {
        return state.status().name().replace('_', '-');
    }

    private static Level level(DatabaseState.Status status) {
        return switch (status) {
            case READY, ASLEEP, WAKING -> Level.INFO;
            case SATURATED, READ_ONLY -> Level.WARNING;
            case DOWN -> Level.ERROR;
        };
    }
}
