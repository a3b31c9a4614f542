package dev.lectern.console;

import dev.lectern.console.Symptoms.Load;
import dev.lectern.console.Symptoms.LongHold;
import dev.lectern.console.Symptoms.Slots;
import dev.lectern.console.Symptoms.SlowModel;
import dev.lectern.console.Symptoms.SlowRoute;
import dev.lectern.console.Verdict.Level;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes a verdict of symptoms: the worst of what is the matter, with its cause and the next step. It asks nobody
/// anything, and says nothing that the symptoms do not hold.
final class Diagnosis {

    /// A wake that takes longer harms whoever waits for it: requests have 2.5 s.
    private static final Duration LONG_WAKE = Duration.ofSeconds(3);

    /// Fewer failures than one in a hundred hardly anybody sees.
    private static final double MANY = 0.01;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private Diagnosis() {}

    static Verdict of(Symptoms seen) {
        Instant paused = seen.pausedUntil();
        if (paused != null) {
            return new Verdict(
                    Level.NOTICE,
                    "PAUSED: by an operator's will all work is refused until " + TIME.format(paused) + " UTC.",
                    Remedy.of(new Down(Down.Reason.PAUSED)));
        }
        return switch (seen.state().status()) {
            case DOWN -> away(Level.CRITICAL, seen);
            case SATURATED -> saturated(seen);
            case READ_ONLY ->
                new Verdict(
                        Level.BAD,
                        begin(seen) + "; reads go on, writes are refused since " + since(seen) + ".",
                        next(seen.state()));
            case WAKING -> away(age(seen).compareTo(LONG_WAKE) > 0 ? Level.BAD : Level.NOTICE, seen);
            case ASLEEP -> warmth(seen).orElseGet(() -> asleep(seen));
            case READY ->
                harm(seen)
                        .or(() -> slow(seen))
                        .or(() -> early(seen))
                        .or(() -> warmth(seen))
                        .orElseGet(() -> ready(seen));
        };
    }

    private static Verdict away(Level level, Symptoms seen) {
        return new Verdict(
                level, begin(seen) + "; for " + Words.duration(age(seen)) + refusing(seen) + ".", next(seen.state()));
    }

    private static Verdict saturated(Symptoms seen) {
        DatabaseFailure cause = seen.state().cause();
        Optional<SlotHolder> most = cause instanceof Saturated full && full.reason() == Saturated.Reason.SLOTS
                ? seen.slots().holders().stream().findFirst()
                : Optional.empty();
        if (most.isEmpty()) {
            return new Verdict(Level.BAD, begin(seen) + holding(seen) + refusing(seen) + ".", next(seen.state()));
        }
        SlotHolder holder = most.get();
        boolean own = holder.application().equals(seen.slots().application());
        return new Verdict(
                Level.BAD,
                "SATURATED: " + share(holder, seen.slots()) + " held by `" + holder.application() + "`"
                        + (own ? ", all its processes together" : "") + holding(seen) + refusing(seen) + ".",
                own
                        ? "Lower the pool's maximum, or set LECTERN_REPLICAS to how many processes there are."
                        : "Ask `" + holder.application() + "` to release connections, or lower the pool's maximum.");
    }

    private static String share(SlotHolder holder, Slots slots) {
        return holder.connections()
                + (slots.limit().isPresent() ? " of " + slots.limit().getAsInt() : "")
                + " slots are";
    }

    /// The database is well, and some readers are not served, or will not be.
    private static Optional<Verdict> harm(Symptoms seen) {
        Load load = seen.load();
        LongHold longest = seen.longest();
        if (longest != null) {
            return Optional.of(new Verdict(
                    Level.BAD,
                    "READY, but `" + longest.route() + "` has held a connection for " + Words.duration(longest.age())
                            + holding(seen) + refusing(seen) + ".",
                    "Look at its stack below: nothing but statements belongs in there."));
        }
        if (load.refused() > 0) {
            return Optional.of(
                    harmed(Level.BAD, seen, "refuses " + Words.share(refusedShare(load)), load.refusedFor()));
        }
        if (load.failed() > 0) {
            double share = load.failed() / Math.max(load.served(), load.failed());
            return Optional.of(harmed(
                    share >= MANY ? Level.BAD : Level.NOTICE,
                    seen,
                    "sees " + Words.share(share) + " of its work fail",
                    load.failedFor()));
        }
        return Optional.empty();
    }

    private static Verdict harmed(Level level, Symptoms seen, String what, @Nullable DatabaseFailure cause) {
        return new Verdict(
                level,
                "READY, but this process " + what + (cause == null ? "" : ": " + cause.message()) + holding(seen) + ".",
                cause == null ? null : Remedy.of(cause));
    }

    /// The database is well, and readers wait all the same.
    private static Optional<Verdict> slow(Symptoms seen) {
        return Optional.ofNullable(seen.slow()).map(slow -> switch (slow) {
            case SlowRoute route -> slow(route);
            case SlowModel model ->
                new Verdict(
                        Level.NOTICE,
                        "READY, but the language model takes " + Words.duration(model.median())
                                + " or longer for half the requests to `" + model.route() + "`.",
                        "Look at the language model's server: neither the database nor this machine is in its way.");
        });
    }

    private static Verdict slow(SlowRoute route) {
        boolean statements = route.held().compareTo(route.p95().dividedBy(2)) > 0;
        return new Verdict(
                Level.BAD,
                "READY, but of `" + route.name() + "` one request in twenty takes " + Words.duration(route.p95())
                        + " or longer" + (route.asks() ? ", the language model not counted" : "")
                        + "; the target is " + Words.duration(route.target()) + ".",
                statements
                        ? "Look at its statements, which take " + Words.duration(route.held())
                                + " of each, and at who blocks them."
                        : "Look at this machine's processor and memory: the database takes "
                                + Words.duration(route.held()) + " of each.");
    }

    /// Nobody is harmed yet.
    private static Optional<Verdict> early(Symptoms seen) {
        Load load = seen.load();
        if (load.waitingRises()) {
            return Optional.of(new Verdict(
                    Level.NOTICE,
                    "READY, but more and more waits for a connection: "
                            + seen.slots().waiting() + " now" + holding(seen) + ".",
                    "Look at who holds connections, and raise the pool's maximum if the server has room."));
        }
        double share = load.repeated() / Math.max(1, load.served());
        return share < MANY
                ? Optional.empty()
                : Optional.of(harmed(
                        Level.NOTICE, seen, "does " + Words.share(share) + " of its work twice", load.failedFor()));
    }

    private static Optional<Verdict> warmth(Symptoms seen) {
        String state = seen.state().status().name();
        String halted = seen.warmth().halted();
        if (halted != null) {
            return Optional.of(new Verdict(
                    Level.NOTICE,
                    state + ", but warm-up rests: " + halted + ".",
                    "Mend that; warm-up goes on once a reader is served."));
        }
        Instant spent = seen.warmth().spentUntil();
        return spent == null
                ? Optional.empty()
                : Optional.of(new Verdict(
                        Level.NOTICE,
                        state + ", but the month's budget of warm-up is spent: until "
                                + DateTimeFormatter.ISO_LOCAL_DATE.format(spent.atOffset(ZoneOffset.UTC))
                                + " the first reader after a pause waits for the wake.",
                        "Raise LECTERN_WARMUP_BUDGET, or leave it so."));
    }

    private static Verdict asleep(Symptoms seen) {
        return new Verdict(
                Level.GOOD, "ASLEEP: nobody has asked for it" + holding(seen) + ". The next request wakes it.", null);
    }

    private static Verdict ready(Symptoms seen) {
        return new Verdict(
                Level.GOOD,
                "READY: " + Words.rate(seen.load().served()) + " served, nothing refused" + holding(seen) + ".",
                null);
    }

    private static String begin(Symptoms seen) {
        DatabaseFailure cause = seen.state().cause();
        String status = seen.state().status().name().replace('_', '-');
        return cause == null ? status + ": the cause is not known" : status + ": " + cause.message();
    }

    private static String holding(Symptoms seen) {
        Slots slots = seen.slots();
        return "; this process holds " + slots.held()
                + (seen.state().status() == Status.SATURATED ? "" : " of " + slots.maximum());
    }

    private static String refusing(Symptoms seen) {
        Load load = seen.load();
        if (load.refused() <= 0) {
            return "";
        }
        boolean all = load.served() <= 0;
        return (seen.state().status() == Status.SATURATED ? " and" : "; this process") + " refuses "
                + (all ? "everything" : Words.share(refusedShare(load)));
    }

    private static double refusedShare(Load load) {
        return load.refused() / (load.refused() + load.served());
    }

    private static @Nullable String next(DatabaseState state) {
        DatabaseFailure cause = state.cause();
        return cause == null ? null : Remedy.of(cause);
    }

    private static String since(Symptoms seen) {
        return TIME.format(seen.state().since()) + " UTC";
    }

    private static Duration age(Symptoms seen) {
        Duration age = Duration.between(seen.state().since(), seen.now());
        return age.isNegative() ? Duration.ZERO : age;
    }
}
