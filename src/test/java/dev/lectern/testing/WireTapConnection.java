package dev.lectern.testing;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// One connection through the tap: two pumps, one for each direction, that pass on whole messages of PostgreSQL's
/// [protocol](https://www.postgresql.org/docs/18/protocol-message-formats.html), each counted before it goes on.
final class WireTapConnection {

    private static final int SSL_REQUEST = 80877103;
    private static final int GSS_REQUEST = 80877104;

    private final WireTap tap;
    private final Socket client;
    private final Socket server;
    private final Map<String, String> prepared = new ConcurrentHashMap<>();

    WireTapConnection(WireTap tap, Socket client, Socket server) {
        this.tap = tap;
        this.client = client;
        this.server = server;
    }

    void start(InetSocketAddress address) {
        Thread.ofVirtual().name("wire-tap-client").start(() -> {
            try {
                server.connect(address);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                DataInputStream fromClient = input(client);
                DataOutputStream toServer = output(server);
                passStartUp(fromClient, toServer);
                Thread.ofVirtual().name("wire-tap-server").start(this::passAnswers);
                passRequests(fromClient, toServer);
            } catch (IOException e) {
                end();
            }
        });
    }

    /// Ends both sides with a reset, as a lost network path does, not with the polite end of a stream.
    void cut() {
        close(true);
    }

    /// After one side has ended by itself; what it said last still arrives.
    private void end() {
        close(false);
    }

    private void close(boolean reset) {
        tap.ended(this);
        for (Socket socket : List.of(client, server)) {
            try {
                if (reset) {
                    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                }
                socket.close();
            } catch (IOException e) {
                // The other pump has closed it in this moment.
            }
        }
    }

    /// The first message has no type. A request for encryption, answered by one byte, may come before it.
    private void passStartUp(DataInputStream from, DataOutputStream to) throws IOException {
        while (true) {
            int length = from.readInt();
            byte[] body = from.readNBytes(length - Integer.BYTES);
            to.writeInt(length);
            to.write(body);
            to.flush();
            int code = ByteBuffer.wrap(body).getInt();
            if (code != SSL_REQUEST && code != GSS_REQUEST) {
                return;
            }
            int answer = server.getInputStream().read();
            if (answer != 'N') {
                throw new IOException("The tap cannot read an encrypted connection");
            }
            client.getOutputStream().write(answer);
        }
    }

    /// Query and Sync ask for an answer. A client that has already sent more after one does not wait for it: pgjdbc
    /// sends BEGIN together with the first statement, which costs two answers and one round trip.
    private void passRequests(DataInputStream from, DataOutputStream to) throws IOException {
        while (true) {
            byte type = from.readByte();
            int length = from.readInt();
            byte[] body = from.readNBytes(length - Integer.BYTES);
            note(type, ByteBuffer.wrap(body));
            boolean asks = type == 'Q' || type == 'S';
            boolean waits = from.available() == 0;
            if (asks && waits) {
                tap.roundTrip();
            }
            to.writeByte(type);
            to.writeInt(length);
            to.write(body);
            if (waits) {
                to.flush();
            }
        }
    }

    private void passAnswers() {
        boolean loggedIn = false;
        try {
            DataInputStream from = input(server);
            DataOutputStream to = output(client);
            while (true) {
                byte type = from.readByte();
                int length = from.readInt();
                byte[] body = from.readNBytes(length - Integer.BYTES);
                if (type == 'Z' && !loggedIn) {
                    loggedIn = true;
                    tap.loggedIn();
                }
                to.writeByte(type);
                to.writeInt(length);
                to.write(body);
                if (from.available() == 0) {
                    to.flush();
                }
            }
        } catch (IOException e) {
            end();
        }
    }

    /// A statement is executed by a Query, or by a Bind of one that an earlier Parse has named, if only with "".
    private void note(byte type, ByteBuffer body) {
        switch (type) {
            case 'Q' -> tap.executes(string(body));
            case 'P' -> prepared.put(string(body), string(body));
            case 'B' -> {
                string(body);
                tap.executes(prepared.getOrDefault(string(body), "?"));
            }
            default -> {}
        }
    }

    private static String string(ByteBuffer body) {
        int start = body.position();
        int end = start;
        while (body.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - start];
        body.get(text).get();
        return new String(text, StandardCharsets.UTF_8);
    }

    private static DataInputStream input(Socket socket) throws IOException {
        return new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 14));
    }

    private static DataOutputStream output(Socket socket) throws IOException {
        return new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), 1 << 14));
    }
}
