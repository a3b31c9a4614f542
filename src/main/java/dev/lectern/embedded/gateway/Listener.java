package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes connections on a port of the loopback address, each on a thread of its own: of the platform, as all that
/// stands for what is not in this process with Neon. On virtual threads each message would wait behind the requests of
/// readers.
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);
    private static final int BACKLOG = 1024;

    private final Consumer<Wire> reception;
    private final Meter meter;
    private final Set<Wire> clients = ConcurrentHashMap.newKeySet();
    private final int port;
    private ServerSocket listening;
    private Thread acceptor;

    /// Keeps the port where nobody listens on it.
    @Nullable
    private Socket reservation;

    private boolean closed;

    /// @param port 0 for any free one
    /// @param reception serves a client to its end
    Listener(int port, Meter meter, Consumer<Wire> reception) throws IOException {
        this.reception = reception;
        this.meter = meter;
        this.listening = listen(port);
        this.port = listening.getLocalPort();
        this.acceptor = accept(listening);
    }

    int port() {
        return port;
    }

    /// Ends the connections of all clients.
    void cutAll() {
        clients.forEach(Wire::end);
    }

    /// From now on nobody listens. Open connections stay.
    synchronized void refuse() throws IOException, InterruptedException {
        if (reservation == null && !closed) {
            listening.close();
            // The port stays open until the thread that waits on it has noticed.
            acceptor.join();
            Socket kept = new Socket();
            kept.setReuseAddress(true);
            kept.bind(address(port));
            reservation = kept;
        }
    }

    /// Takes connections again.
    synchronized void resume() throws IOException {
        if (reservation != null && !closed) {
            reservation.close();
            reservation = null;
            listening = listen(port);
            acceptor = accept(listening);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            listening.close();
            if (reservation != null) {
                reservation.close();
            }
        } catch (IOException e) {
            LOG.warn("The port {} could not be closed", port, e);
        }
        cutAll();
    }

    private static ServerSocket listen(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(address(port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static InetSocketAddress address(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private Thread accept(ServerSocket socket) {
        return Thread.ofPlatform().daemon().name("gateway-accept").start(() -> {
            while (!socket.isClosed()) {
                try {
                    Socket client = socket.accept();
                    Thread.ofPlatform().daemon().name("gateway-client").start(() -> serve(client));
                } catch (IOException e) {
                    if (!socket.isClosed()) {
                        LOG.warn("A connection to the embedded database could not be taken", e);
                    }
                }
            }
        });
    }

    private void serve(Socket socket) {
        meter.connected();
        meter.clients().up();
        try (socket) {
            Wire client = Wire.plain(socket);
            clients.add(client);
            try {
                reception.accept(client);
            } finally {
                clients.remove(client);
            }
        } catch (IOException e) {
            LOG.debug("A client went away at once: {}", e.toString());
        } finally {
            meter.clients().down();
        }
    }
}
