package dev.lectern.llm.openai;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/// LangChain4j's way to a server, run on the calling thread: it returns when the answer is whole, calls its listener on
/// that thread, waits no longer than [Patience] allows, and ends the exchange when the thread is interrupted.
///
/// LangChain4j's own client streams on threads of its own, which an interrupt does not reach.
final class CallingThreadHttpClient implements HttpClient {

    /// How much of an error's body is read.
    private static final int ERROR_BYTES = 16_384;

    private static final Pattern ERROR_CODE = Pattern.compile("\"(?:code|type)\"\\s*:\\s*\"([a-z][a-z0-9_]{0,63})\"");

    private final CloseableHttpClient client;

    CallingThreadHttpClient(CloseableHttpClient client) {
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
        HttpUriRequestBase call = translated(request);
        try (ClassicHttpResponse response = client.executeOpen(null, call, HttpClientContext.create());
                InputStream body = body(call, response)) {
            int status = response.getCode();
            if (status < 200 || status > 299) {
                listener.onError(new HttpException(status, errorCode(body)));
                return;
            }
            listener.onOpen(SuccessfulHttpResponse.builder().statusCode(status).build());
            var whole = new WholeStream(listener);
            parser.parse(body, whole);
            whole.onClose();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    /// The body. Whoever closes it before its end ends the exchange; the client's own stream would first wait for the
    /// rest. The connection of a body that is whole is used again.
    private static InputStream body(HttpUriRequestBase call, ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return new FilterInputStream(entity == null ? InputStream.nullInputStream() : entity.getContent()) {

            @Override
            public void close() throws IOException {
                call.cancel();
                super.close();
            }
        };
    }

    private static HttpUriRequestBase translated(HttpRequest request) {
        var translated = new HttpUriRequestBase(request.method().name(), URI.create(request.url()));
        translated.addHeader("Accept", "text/event-stream");
        request.headers().forEach((name, values) -> values.forEach(value -> translated.addHeader(name, value)));
        translated.setEntity(new ByteArrayEntity(request.body().getBytes(StandardCharsets.UTF_8), null));
        return translated;
    }

    /// The server's short name for what is wrong. The rest of its text may repeat the question or the key.
    private static String errorCode(InputStream body) throws IOException {
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
