package dev.lectern.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.AdminConnector;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemWriter;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Lets nobody guess for long at the secrets of the operator's: at the admin port, and where books are imported.
///
/// A guess is a request that bears a token and is refused with a 401. Once an address has used its guesses up,
/// what bears a token is refused from there before the token is looked at, a right one, too: else the limit
/// would tell right from wrong for as long as anybody asks. What bears no token is refused as ever and is no
/// guess: a page of another site can have an operator's browser send that, and would lock the operator out.
final class OperatorGuessHandler extends Handler.Wrapper {

    private static final String BOOKS = "/api/v1/books/";
    private static final int FINAL = 200;
    private static final int WRONG = 401;
    private static final Set<Integer> REFUSED = Set.of(WRONG, 403);

    private final OperatorGuesses guesses;
    private final TrustedProxies proxies;
    private final ObjectMapper json;

    OperatorGuessHandler(Handler handler, OperatorGuesses guesses, TrustedProxies proxies, ObjectMapper json) {
        super(handler);
        this.guesses = guesses;
        this.proxies = proxies;
        this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!AdminConnector.serves(request) && !imports(request)) {
            return super.handle(request, response, callback);
        }
        InetAddress client = proxies.client(request);
        if (client == null) {
            return super.handle(request, response, callback);
        }
        boolean guess =
                request.getHeaders().contains(HttpHeader.AUTHORIZATION) && !RateLimitHandler.isHealthCheck(request);
        Problem refusal = guess ? guesses.take(client) : null;
        if (refusal != null) {
            guesses.refused(client, refusal.status());
            ProblemWriter.write(request, response, callback, refusal, json);
            return true;
        }
        request.addHttpStreamWrapper(stream -> new Judged(stream, client, guess, guesses));
        return super.handle(request, response, callback);
    }

    private static boolean imports(Request request) {
        return HttpMethod.PUT.is(request.getMethod())
                && request.getHttpURI().getCanonicalPath().startsWith(BOOKS);
    }

    /// Learns by the head of the response what the request was, before its client does.
    private static final class Judged extends HttpStream.Wrapper {

        private final InetAddress client;
        private final boolean guess;
        private final OperatorGuesses guesses;

        Judged(HttpStream stream, InetAddress client, boolean guess, OperatorGuesses guesses) {
            super(stream);
            this.client = client;
            this.guess = guess;
            this.guesses = guesses;
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            // What is interim says nothing yet.
            if (response != null && response.getStatus() >= FINAL) {
                judge(response.getStatus());
            }
            super.send(request, response, last, content, callback);
        }

        private void judge(int status) {
            if (guess && status != WRONG) {
                guesses.giveBack(client);
            }
            if (REFUSED.contains(status)) {
                guesses.refused(client, status);
            }
        }
    }
}
