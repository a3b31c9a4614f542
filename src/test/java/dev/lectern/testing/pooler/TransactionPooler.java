package dev.lectern.testing.pooler;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// A pooler in transaction mode that is as unkind as one may be: no transaction of a client runs in the session in
/// which its last one ran. Prepared statements of the protocol follow the client, as with Neon's PgBouncer; nothing
/// else does.
public final class TransactionPooler implements AutoCloseable {

    private final ServerSocket listener;
    private final List<ServerSession> sessions = new ArrayList<>();
    private final BlockingQueue<ServerSession> free = new LinkedBlockingQueue<>();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    private TransactionPooler(int port, String user, String database, int size) throws IOException {
        for (int i = 0; i < size; i++) {
            sessions.add(new ServerSession(port, user, database));
        }
        free.addAll(sessions);
        listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("pooler").start(this::accept);
    }

    /// A pooler before the server on a port of this machine.
    ///
    /// @param size how many sessions it has
    public static TransactionPooler open(int port, String user, String database, int size) {
        try {
            return new TransactionPooler(port, user, database, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    /// A session that is not the one used last, where there is another.
    ServerSession take() throws InterruptedException {
        return free.take();
    }

    /// It goes to the end of the queue, so that whoever gave it back gets another one next.
    void giveBack(ServerSession session) {
        free.add(session);
    }

    List<Message> greeting() {
        return sessions.getFirst().greeting;
    }

    private void accept() {
        int number = 0;
        while (true) {
            try {
                Socket client = listener.accept();
                clients.add(client);
                PooledClient pooled = new PooledClient(this, client, "c" + number++ + "_");
                Thread.ofVirtual().name("pooled-client").start(pooled::serve);
            } catch (IOException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket client : clients) {
                client.close();
            }
            for (ServerSession session : sessions) {
                session.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
