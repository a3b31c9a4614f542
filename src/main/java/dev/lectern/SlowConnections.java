package dev.lectern;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends connections whose clients dawdle, which a limit of idleness never finds as long as a byte passes now and then:
/// those that do not get to the end of a handshake or of a request's head, and those that do not take in a part of an
/// answer that is there. An answer that is itself slow is no such thing.
final class SlowConnections implements Connection.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(SlowConnections.class);

    /// What a session of TLS has until its handshake is complete, as [javax.net.ssl.SSLEngine#getSession()] says.
    private static final String NO_CIPHER = "SSL_NULL_WITH_NULL_NULL";

    private final Duration head;
    private final Duration write;
    private final LongSupplier nanos;
    private final Map<HttpConnection, Wait> waits = new ConcurrentHashMap<>();

    /// What a connection waits for of its client.
    ///
    /// @param number tells one from the next of its kind
    /// @param bytes how many had come by then, where a request has yet to begin
    /// @param since when that was first seen
    private record Wait(For what, long number, long bytes, long since) {

        private enum For {
            NOTHING,
            HANDSHAKE,
            REQUEST,
            HEAD,
            WRITE
        }

        static Wait of(HttpConnection connection, long now) {
            HttpParser parser = connection.getParser();
            if (parser.isStart()) {
                return ofStart(connection, now);
            }
            if (parser.inHeaderState()) {
                return new Wait(For.HEAD, connection.getMessagesIn(), 0, now);
            }
            boolean full = connection.getEndPoint() instanceof AbstractEndPoint socket
                    && socket.getWriteFlusher().isPending();
            return full ? new Wait(For.WRITE, connection.getBytesOut(), 0, now) : new Wait(For.NOTHING, 0, 0, now);
        }

        /// Encrypted bytes count as they come: those of a record are no data until it is whole.
        private static Wait ofStart(HttpConnection connection, long now) {
            long requests = connection.getMessagesIn();
            if (!(connection.getEndPoint() instanceof SslConnection.SslEndPoint encrypted)) {
                return new Wait(For.REQUEST, requests, connection.getBytesIn(), now);
            }
            SslConnection tls = encrypted.getSslConnection();
            String cipher = tls.getSSLEngine().getSession().getCipherSuite();
            For what = cipher.equals(NO_CIPHER) ? For.HANDSHAKE : For.REQUEST;
            return new Wait(what, requests, tls.getBytesIn(), now);
        }

        /// The parser skips blank lines before a request and does not tell: it is in a head once bytes come that are
        /// no request.
        Wait after(Wait before) {
            boolean begun = what == For.REQUEST
                    && number == before.number
                    && (before.what == For.HEAD || (before.what == For.REQUEST && bytes > before.bytes));
            return begun ? new Wait(For.HEAD, number, bytes, since) : this;
        }

        boolean goesOnFrom(Wait before) {
            return what == before.what && number == before.number;
        }
    }

    /// @param head within which a request's first line and headers must come, and a handshake of TLS before them
    /// @param write within which a part of an answer, at most a buffer, must be taken in
    /// @param nanos the monotonic clock
    SlowConnections(Duration head, Duration write, LongSupplier nanos) {
        this.head = head;
        this.write = write;
        this.nanos = nanos;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection http) {
            waits.put(http, Wait.of(http, nanos.getAsLong()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        if (connection instanceof HttpConnection http) {
            waits.remove(http);
        }
    }

    /// Ends those that have waited for too long.
    void look() {
        for (HttpConnection connection : waits.keySet()) {
            waits.computeIfPresent(connection, this::look);
        }
    }

    private Wait look(HttpConnection connection, Wait before) {
        Wait now = Wait.of(connection, nanos.getAsLong()).after(before);
        if (!now.goesOnFrom(before)) {
            return now;
        }
        Duration waited = Duration.ofNanos(now.since() - before.since());
        Duration most = switch (now.what()) {
            case HANDSHAKE, HEAD -> head;
            case WRITE -> write;
            case NOTHING, REQUEST -> waited.plusNanos(1);
        };
        if (waited.compareTo(most) >= 0) {
            LOG.debug("a connection is ended: its client lets it wait ({})", now.what());
            // The connection's own thread sees to the rest, and does not call back here while the map is held.
            Thread.ofVirtual().start(connection.getEndPoint()::close);
        }
        return before;
    }
}
