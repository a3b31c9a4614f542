package dev.lectern.embedded.gateway;

import dev.lectern.embedded.gateway.Verdict.Fate;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Passes on what a client says.
final class RequestPump {

    private final Session session;
    private final Meter meter;
    private final StandingFaults faults;
    private final Duration roundTrip;
    private final Messages messages;
    private final OutputStream server;
    private final Statements statements = new Statements();
    private boolean writes;
    private boolean commits;
    private int questions;

    /// Until the next Sync nothing is passed on, since an error was put in the place of a Bind.
    private boolean skipping;

    RequestPump(Session session, Meter meter, StandingFaults faults, Duration roundTrip) {
        this.session = session;
        this.meter = meter;
        this.faults = faults;
        this.roundTrip = roundTrip;
        this.messages = new Messages(session.client().in());
        this.server = session.server().out();
    }

    /// Returns when the client has said its last, or may say no more.
    void run() throws IOException, InterruptedException {
        boolean asks = false;
        while (messages.arrive()) {
            if (session.swallows(faults)) {
                messages.discard();
                continue;
            }
            while (messages.next()) {
                asks = look();
            }
            // Who has sent more after a question does not wait yet: pgjdbc sends BEGIN with the first statement.
            if (asks && messages.exhausted() && !departs()) {
                return;
            }
            messages.passOn(server);
        }
    }

    /// Looks at the current message.
    ///
    /// @return whether it demands an answer: after the login Query, Sync and FunctionCall do
    private boolean look() throws IOException {
        byte type = messages.type();
        if (!session.loggedIn()) {
            return type == 'p';
        }
        boolean asks = type == 'Q' || type == 'S' || type == 'F';
        questions += asks ? 1 : 0;
        if (skipping) {
            messages.passOnBefore(server);
            messages.drop();
            skipping = type != 'S';
            return asks;
        }
        StatementKind executed = statements.note(type, messages.body());
        if (executed != null) {
            meter.statement();
            writes |= executed.writes();
            commits |= executed.commits();
            if (executed.writes() && faults.diskFull()) {
                messages.passOnBefore(server);
                server.write(DiskFullError.STATEMENT);
                messages.drop();
                skipping = type == 'B';
            }
        }
        return asks;
    }

    /// Decides what becomes of what the client has sent, now that it waits.
    ///
    /// @return false where that reaches nobody
    private boolean departs() throws IOException, InterruptedException {
        if (!session.loggedIn()) {
            Thread.sleep(roundTrip);
            return true;
        }
        meter.roundTrip();
        session.roundTrip();
        Verdict verdict =
                faults.judge(new Flight(session.pooled(), session.inTransaction(), writes, commits, questions));
        session.expects(verdict.fate(), questions);
        writes = false;
        commits = false;
        questions = 0;
        Duration delay = roundTrip.plus(verdict.delay());
        if (delay.isPositive()) {
            Thread.sleep(delay);
        }
        if (verdict.fate() == Fate.QUEUED_TOO_LONG) {
            session.client().out().write(ProxyErrors.of("FATAL", "08P01", "query_wait_timeout", ""));
            session.client().out().flush();
            return false;
        }
        return true;
    }
}
