package dev.lectern.testing.pooler;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A session of the server, which clients get for one transaction at a time.
final class ServerSession implements AutoCloseable {

    private static final int PROTOCOL_3_0 = 3 << 16;

    private final Socket socket;
    final DataInputStream in;
    final DataOutputStream out;
    final List<Message> greeting = new ArrayList<>();
    final Set<String> prepared = new HashSet<>();

    /// Logs in where the server demands no password.
    ServerSession(int port, String user, String database) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        ByteArrayOutputStream parameters = new ByteArrayOutputStream();
        for (String word : List.of("user", user, "database", database, "TimeZone", "UTC", "DateStyle", "ISO")) {
            parameters.write(word.getBytes(StandardCharsets.UTF_8));
            parameters.write(0);
        }
        parameters.write(0);
        out.writeInt(2 * Integer.BYTES + parameters.size());
        out.writeInt(PROTOCOL_3_0);
        parameters.writeTo(out);
        out.flush();
        Message message = Message.read(in);
        while (!message.is('Z')) {
            if (message.is('E')) {
                throw new IOException("the server refuses the session");
            }
            greeting.add(message);
            message = Message.read(in);
        }
        greeting.add(message);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
