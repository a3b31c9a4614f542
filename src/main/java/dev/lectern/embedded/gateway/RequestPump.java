package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.time.Duration;

/// Passes on what a client says.
final class RequestPump {

    private final Session session;
    private final Meter meter;
    private final Duration roundTrip;
    private final Messages messages;

    RequestPump(Session session, Meter meter, Duration roundTrip) {
        this.session = session;
        this.meter = meter;
        this.roundTrip = roundTrip;
        this.messages = new Messages(session.client().in());
    }

    /// Returns when the client has said its last.
    void run() throws IOException, InterruptedException {
        boolean asks = false;
        while (messages.arrive()) {
            while (messages.next()) {
                asks = asks();
            }
            // Who has sent more after a question does not wait yet: pgjdbc sends BEGIN with the first statement.
            if (asks && messages.exhausted()) {
                flight();
            }
            messages.passOn(session.server().out());
        }
    }

    /// Whether the current message demands an answer: after the login Query, Sync and FunctionCall do.
    private boolean asks() {
        return switch (messages.type()) {
            case 'Q' -> {
                meter.statement();
                yield true;
            }
            case 'B' -> {
                meter.statement();
                yield false;
            }
            case 'S', 'F' -> true;
            case 'p' -> !session.loggedIn();
            default -> false;
        };
    }

    private void flight() throws InterruptedException {
        if (session.loggedIn()) {
            meter.roundTrip();
            session.roundTrip();
        }
        if (!roundTrip.isZero()) {
            Thread.sleep(roundTrip);
        }
    }
}
