package dev.lectern.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/// Server-sent events on the wire, each sent at once, after the
/// [HTML standard](https://html.spec.whatwg.org/multipage/server-sent-events.html).
final class EventStream {

    private static final byte[] COMMENT = ":\n\n".getBytes(UTF_8);

    private final OutputStream out;
    private final ObjectMapper json;

    EventStream(OutputStream out, ObjectMapper json) {
        this.out = out;
        this.json = json;
    }

    /// @param payload becomes one line of JSON
    void event(String name, EventId id, Object payload) throws IOException {
        send("id: " + id + "\nevent: " + name + "\ndata: " + line(payload) + "\n\n");
    }

    /// The last event of a stream that failed: it has no id, so that a client still goes on from where it was.
    ///
    /// @param retry after which the client may connect again
    void failure(Object payload, Duration retry) throws IOException {
        send("retry: " + retry.toMillis() + "\nevent: error\ndata: " + line(payload) + "\n\n");
    }

    /// Says nothing. A client that has gone is only noticed by writing to it; and proxies keep alive what talks.
    void comment() throws IOException {
        send(COMMENT);
    }

    private String line(Object payload) throws JsonProcessingException {
        return json.writeValueAsString(payload);
    }

    private void send(String event) throws IOException {
        send(event.getBytes(UTF_8));
    }

    private void send(byte[] event) throws IOException {
        out.write(event);
        out.flush();
    }
}
