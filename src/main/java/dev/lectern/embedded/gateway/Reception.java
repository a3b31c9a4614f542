package dev.lectern.embedded.gateway;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Receives a client, wakes the compute for it and brings the two together.
final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);
    private static final int ATTEMPTS = 5;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(25);

    private final Compute compute;
    private final Sessions sessions;
    private final Meter meter;
    private final StandingFaults faults;
    private final Encryption encryption;
    private final Duration roundTrip;
    private final ConnectPermits permits = new ConnectPermits();

    Reception(
            Compute compute,
            Sessions sessions,
            Meter meter,
            StandingFaults faults,
            Encryption encryption,
            Duration roundTrip) {
        this.compute = compute;
        this.sessions = sessions;
        this.meter = meter;
        this.faults = faults;
        this.encryption = encryption;
        this.roundTrip = roundTrip;
    }

    /// Serves a client to its end.
    void receive(Wire plain) {
        try {
            if (faults.blackHole()) {
                plain.in().transferTo(OutputStream.nullOutputStream());
                return;
            }
            Greeting greeting = Greeting.read(plain, encryption, roundTrip);
            Thread.sleep(roundTrip);
            if (greeting.cancels()) {
                cancel(greeting);
            } else {
                login(greeting);
            }
        } catch (IOException e) {
            LOG.debug("A client went away: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void login(Greeting greeting) throws IOException, InterruptedException {
        Wire client = greeting.client();
        try {
            StartUp startUp = StartUp.read(greeting.body());
            Options options = StartUpRules.options(startUp);
            faults.refuseLogin();
            Backend backend = connect(StartUpRules.forServer(startUp, options));
            serve(new Session(client, backend.wire(), options.pooled()), backend.answers());
        } catch (LoginRefusedException refusal) {
            client.out().write(ProxyErrors.ofLogin(refusal.text()));
            client.out().flush();
        }
    }

    /// A connection to the server, and what it said first.
    private record Backend(Wire wire, Messages answers) {}

    /// Connects to the compute, awake by then, and begins to log in. As Neon's proxy does, it tries again where the
    /// compute went away before it said anything.
    private Backend connect(StartUp startUp) throws LoginRefusedException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Postgres server = compute.awake();
            permits.acquire();
            try {
                return begin(server, startUp);
            } catch (IOException e) {
                compute.unreachable(server);
                if (attempt == ATTEMPTS) {
                    throw new LoginRefusedException(ProxyErrors.NO_COMPUTE);
                }
            } finally {
                permits.release();
            }
            Thread.sleep(BETWEEN_ATTEMPTS);
        }
    }

    private static Backend begin(Postgres server, StartUp startUp) throws IOException {
        Wire wire = connected(server);
        try {
            wire.out().write(startUp.bytes());
            Messages answers = new Messages(wire.in());
            if (answers.arrive()) {
                return new Backend(wire, answers);
            }
            throw new EOFException();
        } catch (IOException e) {
            wire.end();
            throw e;
        }
    }

    private static Wire connected(Postgres server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(server.address());
            return Wire.plain(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private void serve(Session session, Messages answers) throws IOException, InterruptedException {
        meter.backends().up();
        sessions.opened(session);
        try {
            AnswerPump pump = new AnswerPump(session, answers, sessions, meter, faults);
            Thread.ofPlatform().daemon().name("gateway-answers").start(() -> answer(session, pump));
            new RequestPump(session, meter, faults, roundTrip).run();
        } finally {
            session.end();
            sessions.closed(session);
            meter.backends().down();
        }
    }

    private static void answer(Session session, AnswerPump answers) {
        try {
            answers.run();
        } catch (IOException e) {
            LOG.debug("A session ended: {}", e.toString());
        } finally {
            session.end();
        }
    }

    /// Neon's proxy passes it on to the compute that the connection is on.
    private void cancel(Greeting greeting) throws IOException {
        Postgres server = compute.running();
        if (server != null) {
            Wire wire = connected(server);
            try {
                wire.out().write(greeting.message());
                // The server closes it when it has passed the signal on.
                wire.in().readAllBytes();
            } finally {
                wire.end();
            }
        }
    }
}
