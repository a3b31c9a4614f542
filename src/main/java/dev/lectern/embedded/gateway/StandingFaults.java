package dev.lectern.embedded.gateway;

import dev.lectern.embedded.gateway.Fault.BlackHole;
import dev.lectern.embedded.gateway.Fault.CutAnswers;
import dev.lectern.embedded.gateway.Fault.DiskFull;
import dev.lectern.embedded.gateway.Fault.QueueTimeout;
import dev.lectern.embedded.gateway.Fault.ReadOnly;
import dev.lectern.embedded.gateway.Fault.RefuseLogins;
import dev.lectern.embedded.gateway.Fault.ResetQueries;
import dev.lectern.embedded.gateway.Fault.Slow;
import dev.lectern.embedded.gateway.Verdict.Fate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The faults in force, as those ask for them whom they concern.
final class StandingFaults {

    private final List<StandingFault> all = new CopyOnWriteArrayList<>();

    void add(StandingFault fault) {
        all.add(fault);
    }

    /// Ends one.
    ///
    /// @return false where it was in force no more
    boolean remove(StandingFault fault) {
        return all.remove(fault);
    }

    List<StandingFault> all() {
        return List.copyOf(all);
    }

    boolean includes(Class<? extends Fault.Lasting> kind) {
        return all.stream().anyMatch(standing -> kind.isInstance(standing.fault()));
    }

    boolean readOnly() {
        return includes(ReadOnly.class);
    }

    boolean blackHole() {
        return !all.isEmpty() && includes(BlackHole.class);
    }

    /// Refuses a login if it is to be refused.
    void refuseLogin() throws LoginRefusedException {
        for (StandingFault standing : all) {
            if (standing.fault() instanceof RefuseLogins refuse && happens(standing, 1)) {
                throw new LoginRefusedException(refuse.reason().text());
            }
        }
    }

    /// Whether a statement that writes finds the disk full.
    boolean diskFull() {
        for (StandingFault standing : all) {
            if (standing.fault() instanceof DiskFull) {
                return happens(standing, 1);
            }
        }
        return false;
    }

    Verdict judge(Flight flight) {
        if (all.isEmpty()) {
            return Verdict.NONE;
        }
        Duration delay = Duration.ZERO;
        Fate fate = Fate.ANSWERED;
        for (StandingFault standing : all) {
            if (standing.fault() instanceof Slow slow) {
                Double share = slow.share();
                delay = standing.happens(share == null ? 1 : share) ? delay.plus(slow.delay()) : delay;
            } else if (fate == Fate.ANSWERED) {
                fate = fate(standing, flight);
            }
        }
        return new Verdict(fate, delay);
    }

    private Fate fate(StandingFault standing, Flight flight) {
        return switch (standing.fault()) {
            case ResetQueries reset -> {
                Integer every = reset.every();
                yield happens(standing, every == null ? 1 : every) ? Fate.RESET : Fate.ANSWERED;
            }
            case CutAnswers cut -> {
                boolean concerned = switch (cut.of()) {
                    case COMMIT -> flight.commits();
                    case WRITE -> flight.writes();
                };
                yield concerned && happens(standing, 1) ? Fate.CUT : Fate.ANSWERED;
            }
            case QueueTimeout timeout ->
                flight.pooled() && !flight.inTransaction() && happens(standing, 1)
                        ? Fate.QUEUED_TOO_LONG
                        : Fate.ANSWERED;
            default -> Fate.ANSWERED;
        };
    }

    private boolean happens(StandingFault standing, int every) {
        boolean happens = standing.happens(every);
        if (standing.exhausted()) {
            all.remove(standing);
        }
        return happens;
    }
}
