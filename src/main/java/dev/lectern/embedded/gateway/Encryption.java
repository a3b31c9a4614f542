package dev.lectern.embedded.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// TLS with a certificate of its own making, which nobody trusts: for `sslmode=require`, which demands no trust. The
/// certificate is made when the first client asks for encryption.
final class Encryption {

    /// The first byte of a TLS handshake, which no message of PostgreSQL's has.
    static final int HANDSHAKE = 0x16;

    // https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-SSL
    private static final String PROTOCOL = "postgresql";
    // The file is private; the password is only there because keytool wants one.
    private static final String PASSWORD = "lectern";

    private final Path store;

    @Nullable
    private SSLContext context;

    /// @param folder where the certificate is kept
    Encryption(Path folder) {
        this.store = folder.resolve("gateway.p12");
    }

    /// Encrypts a connection.
    ///
    /// @param first bytes of the client's that were read already
    /// @param direct whether the client began with the handshake itself: then it must name the protocol
    Wire encrypt(Wire plain, byte[] first, boolean direct) throws IOException {
        SSLSocket socket = (SSLSocket)
                context().getSocketFactory().createSocket(plain.raw(), new ByteArrayInputStream(first), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {PROTOCOL});
        socket.setSSLParameters(parameters);
        socket.setUseClientMode(false);
        socket.startHandshake();
        if (direct && !PROTOCOL.equals(socket.getApplicationProtocol())) {
            throw new IOException("a client began with TLS without ALPN");
        }
        return plain.over((Socket) socket);
    }

    private synchronized SSLContext context() throws IOException {
        if (context == null) {
            try {
                if (!Files.exists(store)) {
                    make();
                }
                context = read();
            } catch (GeneralSecurityException e) {
                throw new IOException("The certificate in " + store + " cannot be used", e);
            }
        }
        return context;
    }

    private SSLContext read() throws GeneralSecurityException, IOException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext made = SSLContext.getInstance("TLS");
        made.init(managers.getKeyManagers(), null, null);
        return made;
    }

    /// By the JDK's `keytool`: there is no public API that makes certificates.
    private void make() throws IOException {
        Path draft = store.resolveSibling("gateway.p12.draft");
        Files.deleteIfExists(draft);
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "gateway",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-validity",
                        "36500",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        draft.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool made no certificate: it ended with " + keytool.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while a certificate was made", e);
        }
        Files.move(draft, store, StandardCopyOption.ATOMIC_MOVE);
    }
}
