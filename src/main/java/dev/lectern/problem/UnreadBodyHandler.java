package dev.lectern.problem;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Reads what nobody has read of a request's body, once the response is sent: a refusal may come before the body does,
/// and some resources want none.
///
/// Left to itself, Jetty closes the connection then, without a word: a client that has it in its pool finds out with
/// its next request, and one that is still sending may lose the response. With this, a connection stays usable behind a
/// small body; behind a large one, the response announces the end, and the client can send to the end. It has as much
/// time for that as for any body: whoever dawdles then is let go.
final class UnreadBodyHandler extends Handler.Wrapper {

    /// Up to which length the rest of a body is waited for to use the connection again.
    private static final long SMALL = 64 << 10;

    /// How much of a body is taken from a client that has its answer. As much as the largest body that is asked for.
    private static final long MOST = 64 << 20;

    private final Duration patience;

    /// @param patience how long a body may take where its resource does not say, and the rest that nobody has read
    UnreadBodyHandler(Handler handler, Duration patience) {
        super(handler);
        this.patience = patience;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        boolean chunked = request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
        if (!chunked && request.getLength() <= 0) {
            return super.handle(request, response, callback);
        }
        Body body = new Body(request, patience);
        return super.handle(body, new Announced(body, response), new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                if (body.goesOn()) {
                    body.forget();
                    new Rest(request, patience, getCallback()).take();
                } else {
                    body.end();
                    super.succeeded();
                }
            }

            @Override
            public void failed(Throwable x) {
                body.forget();
                super.failed(x);
            }
        });
    }

    /// Knows how far it was read.
    private static final class Body extends TimedBody {

        private volatile boolean ended;
        private volatile boolean failed;

        Body(Request request, Duration patience) {
            super(request, patience);
        }

        @Override
        public Content.Chunk read() {
            Content.Chunk chunk = super.read();
            if (Content.Chunk.isFailure(chunk)) {
                failed = true;
            } else if (chunk != null && chunk.isLast()) {
                ended = true;
            }
            return chunk;
        }

        boolean endsConnection() {
            return failed || (!ended && (getLength() < 0 || getLength() > SMALL));
        }

        boolean goesOn() {
            // A client that waits for permission to send its body will not send it.
            return !ended && !failed && !getHeaders().contains(HttpHeader.EXPECT);
        }
    }

    /// What nobody has read of a body, for which there is a time of its own.
    private static final class Rest extends TimedBody {

        private final Callback then;
        private long taken;

        Rest(Request request, Duration patience, Callback then) {
            super(request, patience);
            removeAttribute(PATIENCE);
            this.then = then;
        }

        /// Takes it, as it comes.
        void take() {
            boolean last = false;
            while (!last && taken <= MOST) {
                Content.Chunk chunk = read();
                if (chunk == null) {
                    demand(this::take);
                    return;
                }
                last = chunk.isLast() || Content.Chunk.isFailure(chunk);
                taken += chunk.remaining();
                chunk.release();
            }
            end();
            then.succeeded();
        }
    }

    /// Says that the connection ends where the rest of the body is not waited for.
    private static final class Announced extends Response.Wrapper {

        Announced(Body body, Response response) {
            super(body, response);
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            if (!isCommitted() && getRequest() instanceof Body body && body.endsConnection()) {
                getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            }
            super.write(last, content, callback);
        }
    }
}
