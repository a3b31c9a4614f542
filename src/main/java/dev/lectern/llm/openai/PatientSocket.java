package dev.lectern.llm.openai;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpTimeoutException;
import org.jspecify.annotations.Nullable;

/// A socket that connects and reads no longer than the [Patience] of the call that it is in allows, and wakes no more
/// often. What a virtual thread waits for here ends when the thread is interrupted, and the socket with it.
final class PatientSocket extends Socket {

    /// @param proxy of SOCKS; null for none
    PatientSocket(@Nullable Proxy proxy) {
        super(proxy == null ? Proxy.NO_PROXY : proxy);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                return length > 0 && Patience.OF_THIS_CALL.isBound()
                        ? PatientSocket.this.read(in, Patience.OF_THIS_CALL.get(), target, offset, length)
                        : super.read(target, offset, length);
            }
        };
    }

    @Override
    public void connect(SocketAddress address, int timeout) throws IOException {
        super.connect(
                address,
                Patience.OF_THIS_CALL.isBound() ? shorter(timeout, left(Patience.OF_THIS_CALL.get())) : timeout);
    }

    private int read(InputStream in, Patience patience, byte[] target, int offset, int length) throws IOException {
        int own = getSoTimeout();
        // TLS reads a record in two pieces. What is there is read without a pause, whatever its pieces.
        boolean waits = in.available() == 0;
        try {
            if (waits) {
                patience.letMoreCome();
            }
            setSoTimeout(shorter(own, left(patience)));
            int count = in.read(target, offset, length);
            if (waits) {
                patience.woken();
            }
            return count;
        } catch (SocketTimeoutException e) {
            if (own == 0 || patience.millisLeft() < 1) {
                throw new HttpTimeoutException(patience.exhausted());
            }
            throw e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } finally {
            if (!isClosed()) {
                setSoTimeout(own);
            }
        }
    }

    private static int left(Patience patience) throws HttpTimeoutException {
        int millis = patience.millisLeft();
        if (millis < 1) {
            throw new HttpTimeoutException(patience.exhausted());
        }
        return millis;
    }

    /// The shorter of a socket's time-out, where 0 is none, and what is left.
    private static int shorter(int timeout, int left) {
        return timeout == 0 ? left : Math.min(timeout, left);
    }
}
