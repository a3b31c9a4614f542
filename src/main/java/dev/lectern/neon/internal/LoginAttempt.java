package dev.lectern.neon.internal;

import java.io.IOException;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/// The socket of one attempt to log in, so that it can be given up while the server keeps it waiting: interrupting does
/// not reach a thread of the platform that waits for a socket, and pgjdbc's own timeout leaves such a thread behind.
final class LoginAttempt {

    /// The attempt that the thread makes.
    static final ScopedValue<LoginAttempt> CURRENT = ScopedValue.newInstance();

    private @Nullable Socket socket;
    private boolean givenUp;

    /// The driver is about to connect with this socket.
    synchronized void uses(Socket made) {
        socket = made;
        closeIfGivenUp();
    }

    /// Ends it, whatever it waits for.
    synchronized void giveUp() {
        givenUp = true;
        closeIfGivenUp();
    }

    private void closeIfGivenUp() {
        if (givenUp && socket != null) {
            try {
                socket.close();
            } catch (IOException e) {
                // It was of no use to anybody any more.
                return;
            }
        }
    }
}
