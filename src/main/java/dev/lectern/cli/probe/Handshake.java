package dev.lectern.cli.probe;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// What a server shows of its encryption to a client that goes away before it says who it is.
///
/// @param protocol such as `TLSv1.3`; null where the server does not encrypt
/// @param certificate the server's own; null where it showed none
record Handshake(@Nullable String protocol, @Nullable X509Certificate certificate) {

    // https://www.postgresql.org/docs/18/protocol-message-formats.html (SSLRequest)
    private static final byte[] ENCRYPT =
            ByteBuffer.allocate(8).putInt(8).putInt(80877103).array();
    // https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL
    private static final String PROTOCOL = "postgresql";

    /// Shakes hands.
    ///
    /// @param host the name that is sent along, by which Neon's proxy finds the endpoint
    /// @param direct without asking first whether the server encrypts
    static Handshake with(InetSocketAddress server, String host, boolean direct, Duration timeout) throws IOException {
        try (Socket plain = new Socket()) {
            int millis = Math.toIntExact(timeout.toMillis());
            plain.setSoTimeout(millis);
            plain.connect(server, millis);
            if (!direct && !encrypts(plain)) {
                return new Handshake(null, null);
            }
            SSLSocket socket =
                    (SSLSocket) trustful().getSocketFactory().createSocket(plain, host, server.getPort(), true);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {PROTOCOL});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            SSLSession session = socket.getSession();
            Certificate[] chain = session.getPeerCertificates();
            return new Handshake(
                    session.getProtocol(), chain.length > 0 && chain[0] instanceof X509Certificate x509 ? x509 : null);
        }
    }

    private static boolean encrypts(Socket plain) throws IOException {
        plain.getOutputStream().write(ENCRYPT);
        plain.getOutputStream().flush();
        int answer = plain.getInputStream().read();
        if (answer < 0) {
            throw new EOFException("the server hung up when it was asked for encryption");
        }
        return answer == 'S';
    }

    /// Whoever wants to see a certificate must not refuse it. Nothing is sent over these connections.
    private static SSLContext trustful() throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Onlooker()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// Looks, and judges nothing: the login does that, as the connection string wants it.
    private static final class Onlooker extends X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
