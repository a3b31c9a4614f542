package dev.lectern.neon.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/// Makes pgjdbc's sockets, which names this class in its property `socketFactory`, and tells the [LoginAttempt] that it
/// makes of each. pgjdbc connects what it gets itself.
public final class AttemptSockets extends SocketFactory {

    /// For pgjdbc.
    public AttemptSockets() {}

    @Override
    public Socket createSocket() {
        Socket socket = new Socket();
        if (LoginAttempt.CURRENT.isBound()) {
            LoginAttempt.CURRENT.get().uses(socket);
        }
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort)
            throws IOException {
        throw new UnsupportedOperationException();
    }
}
