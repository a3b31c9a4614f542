package dev.lectern.neon.admission;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One request for a permit, from its coming to its end. Times are nanoseconds on the clock of its [PermitQueue].
final class Ticket {

    /// How far a request has come.
    enum State {
        /// It stands in the queue.
        WAITING,
        /// It has a permit.
        ADMITTED,
        /// It got none, and gets none any more.
        REFUSED,
        /// It gave its permit back, or its wait up.
        ENDED
    }

    private final Criticality criticality;
    private final Object requester;
    private final long deadline;
    private final @Nullable Thread owner;

    /// Written under the queue's lock, read by the thread that waits.
    private volatile State state = State.WAITING;

    /// Since when it holds its permit; written again when the work has its connection.
    private volatile long since;

    /// What it was told to expect when it came, and the queue's flow at that moment.
    private long expected;

    private long entered;

    @Nullable
    Ticket previous;

    @Nullable
    Ticket next;

    /// @param requester null where it is for nobody who could be told apart
    /// @param owner is woken by [#wake()]; null where nobody sleeps
    Ticket(Criticality criticality, @Nullable Requester requester, long deadline, @Nullable Thread owner) {
        this.criticality = criticality;
        this.requester = requester == null ? this : requester;
        this.deadline = deadline;
        this.owner = owner;
    }

    Criticality criticality() {
        return criticality;
    }

    /// What tickets of one requester have in common; of one for nobody, only itself.
    Object requester() {
        return requester;
    }

    State state() {
        return state;
    }

    boolean waits() {
        return state == State.WAITING;
    }

    /// How long the wait was expected to be when it was last estimated: for a refusal, what it was refused for.
    long expected() {
        return expected;
    }

    long entered() {
        return entered;
    }

    long since() {
        return since;
    }

    long left(long now) {
        return deadline - now;
    }

    void waits(long wait, long flow) {
        expected = wait;
        entered = flow;
    }

    void admitted(long now) {
        since = now;
        state = State.ADMITTED;
    }

    void refused(long wait) {
        expected = wait;
        state = State.REFUSED;
    }

    void ended() {
        state = State.ENDED;
    }

    /// The work has its connection: what came before tells nothing of the database's speed.
    void begins(long now) {
        since = now;
    }

    void wake() {
        LockSupport.unpark(owner);
    }
}
