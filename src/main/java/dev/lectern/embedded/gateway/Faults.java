package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Faults on command.
public final class Faults {

    private static final String READ_ONLY = "default_transaction_read_only = on\n";

    private final StandingFaults standing;
    private final Listener listener;
    private final Compute compute;
    private final Sessions sessions;
    private final TakenSlots takenSlots;

    Faults(StandingFaults standing, Listener listener, Compute compute, Sessions sessions) {
        this.standing = standing;
        this.listener = listener;
        this.compute = compute;
        this.sessions = sessions;
        this.takenSlots = new TakenSlots(compute);
    }

    /// Has a fault happen, or puts it in force until it is cleared.
    public void inject(Fault fault) {
        inject(fault, null);
    }

    /// Has a fault happen, or puts it in force.
    ///
    /// @param lasts how long it is in force; null for until it is cleared
    /// @throws InvalidFaultException where it is over at once and should last
    public synchronized void inject(Fault fault, @Nullable Duration lasts) {
        if (lasts != null && !lasts.isPositive()) {
            throw new InvalidFaultException("lasts", "must be longer than nothing");
        }
        switch (fault) {
            case Fault.Momentary momentary -> {
                if (lasts != null) {
                    throw new InvalidFaultException("lasts", "must be absent: this fault is over at once");
                }
                happen(momentary);
            }
            case Fault.Lasting lasting -> {
                StandingFault put = new StandingFault(lasting, lasts);
                standing.add(put);
                begin(lasting);
                if (lasts != null) {
                    Thread.ofVirtual().name("fault-end").start(() -> liftAfter(put, lasts));
                }
            }
        }
    }

    /// What is in force.
    public List<FaultInForce> inForce() {
        return standing.all().stream().map(StandingFault::asItStands).toList();
    }

    /// Ends all that is in force, and an outage. What has lost its connection has lost it.
    public synchronized void clear() {
        standing.all().forEach(this::lift);
        compute.available();
    }

    /// What a server is told that has just been started.
    static void greet(Postgres server, StandingFaults standing) {
        if (standing.readOnly()) {
            server.configure(READ_ONLY);
        }
    }

    private void happen(Fault.Momentary fault) {
        switch (fault) {
            case Fault.HalfOpen halfOpen -> sessions.each(Session::swallow);
            case Fault.CutConnections cut -> listener.cutAll();
            case Fault.Suspend suspend -> compute.suspend();
            case Fault.Kill kill -> compute.kill();
            case Fault.Restart restart -> compute.restart();
            case Fault.Outage outage -> compute.stopFor(outage.duration());
        }
    }

    private void begin(Fault.Lasting fault) {
        switch (fault) {
            case Fault.RefuseConnections refuse -> listen(false);
            case Fault.ReadOnly readOnly -> configure(READ_ONLY);
            case Fault.SlotsTaken taken -> takenSlots.take(taken.connections());
            default -> {}
        }
    }

    private synchronized void lift(StandingFault fault) {
        if (standing.remove(fault) && !standing.includes(fault.fault().getClass())) {
            switch (fault.fault()) {
                case Fault.RefuseConnections refuse -> listen(true);
                case Fault.ReadOnly readOnly -> configure("");
                case Fault.SlotsTaken taken -> takenSlots.giveBack();
                default -> {}
            }
        }
    }

    private void liftAfter(StandingFault fault, Duration time) {
        try {
            Thread.sleep(time);
            lift(fault);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen(boolean listens) {
        try {
            if (listens) {
                listener.resume();
            } else {
                listener.refuse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void configure(String settings) {
        Postgres server = compute.running();
        if (server != null) {
            try {
                server.configure(settings);
            } catch (RuntimeException e) {
                // A dead one is told when it is started again.
                if (server.alive()) {
                    throw e;
                }
            }
        }
    }
}
