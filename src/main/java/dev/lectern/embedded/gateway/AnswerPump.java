package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.io.OutputStream;

/// Passes on what the server says.
final class AnswerPump {

    private final Session session;
    private final Messages messages;
    private final Sessions sessions;
    private final Meter meter;

    /// @param messages the server's, the first of which are there
    AnswerPump(Session session, Messages messages, Sessions sessions, Meter meter) {
        this.session = session;
        this.messages = messages;
        this.sessions = sessions;
        this.meter = meter;
    }

    /// Returns when the server has said its last.
    void run() throws IOException {
        OutputStream out = session.client().out();
        do {
            while (messages.next()) {
                if (!session.loggedIn()) {
                    login(out);
                }
            }
            messages.passOn(out);
            out.flush();
        } while (messages.arrive());
    }

    private void login(OutputStream out) throws IOException {
        switch (messages.type()) {
            case 'K' -> {
                session.backend(messages.body().getInt());
                sessions.known(session);
            }
            case 'Z' -> {
                session.login();
                meter.loggedIn();
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
