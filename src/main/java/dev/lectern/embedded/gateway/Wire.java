package dev.lectern.embedded.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;

/// One side of a connection, encrypted or not.
///
/// @param raw the connection itself
/// @param in what the other side says
/// @param out what it is told
record Wire(Socket raw, InputStream in, OutputStream out) {

    static Wire plain(Socket socket) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setKeepAlive(true);
        return new Wire(socket, socket.getInputStream(), socket.getOutputStream());
    }

    /// The same connection, now encrypted.
    Wire over(Socket encrypted) throws IOException {
        return new Wire(raw, encrypted.getInputStream(), encrypted.getOutputStream());
    }

    /// Ends the connection: what was said last still arrives.
    void end() {
        try {
            raw.close();
        } catch (IOException e) {
            // It is of no use to anybody any more.
            return;
        }
    }

    /// Breaks the connection off, as a lost path in the network does.
    void reset() {
        try {
            raw.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException e) {
            // The other side was quicker.
        }
        end();
    }
}
