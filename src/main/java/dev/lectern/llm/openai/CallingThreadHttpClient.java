package dev.lectern.llm.openai;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// LangChain4j's way to a server, run on the calling thread: it returns when the answer is whole, calls its listener on
/// that thread, waits no longer than [Patience] allows, and ends the exchange when the thread is interrupted.
///
/// LangChain4j's own client streams on threads of its own, which an interrupt does not reach.
final class CallingThreadHttpClient implements HttpClient {

    /// How much of an error's body is read.
    private static final int ERROR_BYTES = 16_384;

    private static final Pattern ERROR_CODE = Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"([a-z][a-z0-9_]{0,63})\"");

    private final java.net.http.HttpClient client;

    CallingThreadHttpClient(java.net.http.HttpClient client) {
        this.client = client;
    }

    /// What LangChain4j asks for its client; its time-outs do not apply, since those of the call do.
    HttpClientBuilder asBuilder() {
        return new Built(this);
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        throw new UnsupportedOperationException("answers are streamed");
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        Patience patience = Patience.OF_THIS_CALL.get();
        try (var body = new ReceivedBody(patience)) {
            int status = send(request, body, patience);
            if (status < 200 || status > 299) {
                listener.onError(new HttpException(status, errorCode(body)));
                return;
            }
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(status).build());
            var whole = new WholeStream(listener);
            parser.parse(body, whole);
            whole.onClose();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            listener.onError(new InterruptedIOException("interrupted"));
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    /// The status, once the headers are there.
    private int send(HttpRequest request, ReceivedBody body, Patience patience)
            throws IOException, InterruptedException {
        CompletableFuture<? extends HttpResponse<?>> response =
                client.sendAsync(translated(request), head -> body.over(head.version()));
        try {
            return response.get(patience.nanosLeft(), TimeUnit.NANOSECONDS).statusCode();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("the call failed", e.getCause());
        } catch (TimeoutException e) {
            throw new HttpTimeoutException(patience.exhausted());
        } finally {
            // No effect on a response that is there; else it ends the exchange.
            response.cancel(true);
        }
    }

    private static java.net.http.HttpRequest translated(HttpRequest request) {
        var translated = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .header("Accept", "text/event-stream")
                .method(request.method().name(), BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> translated.header(name, value)));
        return translated.build();
    }

    /// The server's short name for what is wrong. The rest of its text may repeat the question or the key.
    private static String errorCode(ReceivedBody body) throws IOException {
        var code = ERROR_CODE.matcher(new String(body.readNBytes(ERROR_BYTES), StandardCharsets.UTF_8));
        return code.find() ? code.group(1) : "";
    }

    private record Built(CallingThreadHttpClient client) implements HttpClientBuilder {

        @Override
        public Duration connectTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder connectTimeout(Duration timeout) {
            return this;
        }

        @Override
        public Duration readTimeout() {
            return Duration.ZERO;
        }

        @Override
        public HttpClientBuilder readTimeout(Duration timeout) {
            return this;
        }

        @Override
        public HttpClient build() {
            return client;
        }
    }
}
