package dev.lectern.openapi;

import dev.lectern.testing.RawHttp;
import dev.lectern.testing.RawHttp.Reply;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One request after the other on one connection, and on another where the server says that it ends the first.
final class KeptConnection implements AutoCloseable {

    private final int port;
    private @Nullable RawHttp http;

    KeptConnection(int port) {
        this.port = port;
    }

    Reply exchange(String request) throws IOException {
        RawHttp current = http == null ? new RawHttp(port) : http;
        http = current;
        current.send(request);
        Reply reply = current.read();
        if ("close".equalsIgnoreCase(reply.header("Connection"))) {
            close();
        }
        return reply;
    }

    @Override
    public void close() throws IOException {
        if (http != null) {
            http.close();
            http = null;
        }
    }
}
