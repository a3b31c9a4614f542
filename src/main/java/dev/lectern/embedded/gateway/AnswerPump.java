package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.io.OutputStream;

/// Passes on what the server says.
final class AnswerPump {

    private final Session session;
    private final Messages messages;
    private final Sessions sessions;
    private final Meter meter;
    private final StandingFaults faults;
    private int answersCut;

    /// @param messages the server's, the first of which are there
    AnswerPump(Session session, Messages messages, Sessions sessions, Meter meter, StandingFaults faults) {
        this.session = session;
        this.messages = messages;
        this.sessions = sessions;
        this.meter = meter;
        this.faults = faults;
    }

    /// Returns when the server has said its last, or what it says reaches nobody any more.
    void run() throws IOException {
        OutputStream out = session.client().out();
        do {
            if (session.swallows(faults)) {
                messages.discard();
                continue;
            }
            int ready = look(out);
            switch (session.expected().fate()) {
                case RESET -> {
                    session.reset();
                    return;
                }
                case CUT -> {
                    messages.drop();
                    answersCut += ready;
                    if (answersCut >= session.expected().answers()) {
                        return;
                    }
                }
                case ANSWERED, QUEUED_TOO_LONG -> {
                    messages.passOn(out);
                    out.flush();
                }
            }
        } while (messages.arrive());
    }

    /// Looks at what has come.
    ///
    /// @return how often the server said that it is ready
    private int look(OutputStream out) throws IOException {
        int ready = 0;
        while (messages.next()) {
            if (messages.type() == 'Z') {
                ready++;
                if (!session.loggedIn()) {
                    meter.loggedIn();
                }
                session.ready(messages.body().get());
            } else if (!session.loggedIn()) {
                login(out);
            }
        }
        return ready;
    }

    private void login(OutputStream out) throws IOException {
        switch (messages.type()) {
            case 'K' -> {
                session.backend(messages.body().getInt());
                sessions.known(session);
            }
            case 'E' -> {
                messages.passOnBefore(out);
                out.write(ProxyErrors.ofLogin(ProxyErrors.message(messages.body())));
                messages.drop();
            }
            default -> {}
        }
    }
}
