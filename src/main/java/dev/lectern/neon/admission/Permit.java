package dev.lectern.neon.admission;

import java.util.concurrent.atomic.AtomicBoolean;

/// The right to hold one connection. It ends when it is closed, once, with what the work showed about the database.
public final class Permit implements AutoCloseable {

    /// What the work showed about the database.
    public enum Outcome {
        /// It served the work in its time.
        SUCCESS,
        /// The work shows nothing about it.
        IGNORE,
        /// It was too slow or could not be had: a sign of overload.
        DROPPED
    }

    private final AtomicBoolean ended = new AtomicBoolean();
    private final Admission admission;
    private final Ticket ticket;
    private volatile Outcome outcome = Outcome.IGNORE;

    Permit(Admission admission, Ticket ticket) {
        this.admission = admission;
        this.ticket = ticket;
    }

    /// The work has its connection: only from now on does its time show how fast the database is.
    public void begins() {
        ticket.begins(System.nanoTime());
    }

    /// Sets the outcome that closing reports.
    public void ends(Outcome with) {
        outcome = with;
    }

    public Outcome outcome() {
        return outcome;
    }

    @Override
    public void close() {
        if (ended.compareAndSet(false, true)) {
            admission.release(ticket, outcome);
        }
    }
}
