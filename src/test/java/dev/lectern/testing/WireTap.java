package dev.lectern.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Stands on the wire between an application and PostgreSQL, passes everything on, and counts what goes over it: the
/// only honest witness of how many round trips something costs.
///
/// It reads the protocol in the clear, so the URL that leads to it says `sslmode=disable` or the server has no TLS.
public final class WireTap implements AutoCloseable {

    /// What has gone over the wire since the tap was opened or reset.
    ///
    /// @param connections connections that were accepted, whether or not they came to a login
    /// @param logins start-ups that ended with the server ready
    /// @param roundTrips how often, after the login, the client asked for an answer and waited for it
    /// @param statements the texts of the statements in the order of their execution, once for each execution
    public record Counts(int connections, int logins, int roundTrips, List<String> statements) {}

    private final InetSocketAddress server;
    private final Socket reservation;
    private final int port;
    private final Set<WireTapConnection> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final List<String> statements = new ArrayList<>();
    private int connections;
    private int logins;
    private int roundTrips;

    @Nullable
    private ServerSocket listener;

    @Nullable
    private Thread acceptor;

    private WireTap(InetSocketAddress server) throws IOException {
        this.server = server;
        // A socket that is bound and does not listen keeps the port ours while connections are refused.
        reservation = new Socket();
        reservation.setReuseAddress(true);
        reservation.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = reservation.getLocalPort();
        resume();
    }

    /// A tap in front of the server at this host and port; it listens on a free port of the loopback address.
    public static WireTap open(String host, int port) {
        try {
            return new WireTap(new InetSocketAddress(host, port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where to connect instead of the server's own port.
    public int port() {
        return port;
    }

    public Counts counts() {
        lock.lock();
        try {
            return new Counts(connections, logins, roundTrips, List.copyOf(statements));
        } finally {
            lock.unlock();
        }
    }

    /// Counts from zero again. Open connections stay.
    public void reset() {
        lock.lock();
        try {
            connections = 0;
            logins = 0;
            roundTrips = 0;
            statements.clear();
        } finally {
            lock.unlock();
        }
    }

    /// From now on nobody listens on the port. Open connections stay.
    public synchronized void refuseConnections() {
        try {
            if (listener != null && acceptor != null) {
                listener.close();
                // The port stays open until the thread that waits on it has noticed.
                acceptor.join();
                listener = null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Resets all open connections on both sides.
    public void cutAll() {
        open.forEach(WireTapConnection::cut);
    }

    /// Takes connections again.
    public synchronized void resume() {
        try {
            if (listener == null) {
                ServerSocket socket = new ServerSocket();
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                listener = socket;
                acceptor = Thread.ofVirtual().name("wire-tap-" + port).start(() -> accept(socket));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        refuseConnections();
        cutAll();
        try {
            reservation.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void loggedIn() {
        lock.lock();
        try {
            logins++;
        } finally {
            lock.unlock();
        }
    }

    void roundTrip() {
        lock.lock();
        try {
            roundTrips++;
        } finally {
            lock.unlock();
        }
    }

    void executes(String sql) {
        lock.lock();
        try {
            statements.add(sql);
        } finally {
            lock.unlock();
        }
    }

    void ended(WireTapConnection connection) {
        open.remove(connection);
    }

    private void accept(ServerSocket socket) {
        while (true) {
            try {
                Socket client = socket.accept();
                lock.lock();
                try {
                    connections++;
                } finally {
                    lock.unlock();
                }
                WireTapConnection connection = new WireTapConnection(this, client, new Socket());
                open.add(connection);
                connection.start(server);
            } catch (IOException e) {
                return;
            }
        }
    }
}
