package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `/api/events` on the admin port: the event log, or a stream of it with what changes each second.
final class EventsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String STREAM = "text/event-stream";
    private static final Duration SILENCE = Duration.ofSeconds(15);
    private static final byte[] RETRY = "retry: 2000\n\n".getBytes(UTF_8);

    private final transient EventLog log;
    private final transient Broadcast broadcast;
    private final transient Replies replies;

    EventsServlet(EventLog log, Broadcast broadcast, Replies replies) {
        this.log = log;
        this.broadcast = broadcast;
        this.replies = replies;
    }

    /// The log as JSON.
    record Events(List<Entry> events) {

        Events {
            events = List.copyOf(events);
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String accept = request.getHeader("Accept");
        boolean streams = accept != null && accept.contains(STREAM);
        try {
            switch (request.getMethod()) {
                case "GET" -> {
                    if (streams) {
                        stream(response, lastId(request.getHeader("Last-Event-ID")));
                    } else {
                        replies.send(response, new Events(log.after(0)));
                    }
                }
                case "HEAD" -> replies.send(response, new Events(List.of()));
                default -> replies.notAllowed(response, "GET, HEAD");
            }
        } catch (ProblemException e) {
            replies.send(response, e.problem());
        }
    }

    private void stream(HttpServletResponse response, long after) throws IOException {
        Optional<Subscription> subscribed = broadcast.subscribe(after);
        if (subscribed.isEmpty()) {
            throw new ProblemException(Problem.of(
                            503,
                            "too-many-watchers",
                            "Too many watch",
                            "There are " + Broadcast.MOST_WATCHERS + " streams of events at most.")
                    .retryingAfter(Duration.ofSeconds(5)));
        }
        Subscription subscription = subscribed.get();
        try {
            response.setContentType(STREAM);
            response.setCharacterEncoding("utf-8");
            response.setHeader("Cache-Control", "no-store");
            ServletOutputStream out = response.getOutputStream();
            byte[] chunk = RETRY;
            while (chunk != null) {
                out.write(chunk);
                out.flush();
                chunk = subscription.next(SILENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            broadcast.unsubscribe(subscription);
        }
    }

    private static long lastId(@Nullable String header) {
        if (header == null) {
            return -1;
        }
        try {
            long id = Long.parseLong(header);
            if (id >= 0) {
                return id;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw ProblemException.invalid("Last-Event-ID", "must be the id of an entry");
    }
}
