package dev.lectern.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Another address of a server: it passes on what comes, until it is closed with all its connections.
final class Relay implements AutoCloseable {

    private final ServerSocket listener;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private Relay(ServerSocket listener, int server) {
        this.listener = listener;
        this.server = server;
    }

    /// One at an address and port, for the server at a port of the loopback address.
    static Relay at(String address, int port, int server) throws IOException {
        ServerSocket listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port));
        Relay relay = new Relay(listener, server);
        Thread.startVirtualThread(relay::accept);
        return relay;
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                Socket onward = new Socket(InetAddress.getLoopbackAddress(), server);
                open.add(client);
                open.add(onward);
                Thread.startVirtualThread(() -> pass(client, onward));
                Thread.startVirtualThread(() -> pass(onward, client));
            } catch (IOException e) {
                // Closed, or the server is: the client sees the end either way.
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            to.setTcpNoDelay(true);
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One end is gone, and the other follows.
        }
    }

    /// Ends all connections.
    void cut() {
        try {
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Refuses from now on, and ends all connections.
    void end() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        cut();
    }

    @Override
    public void close() {
        end();
    }
}
