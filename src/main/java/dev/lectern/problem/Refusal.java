package dev.lectern.problem;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/// A problem as an HTTP response.
public final class Refusal {

    private static final long MOST_JITTER = 60;

    private Refusal() {}

    public static Response of(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).entity(problem).type(Problem.MEDIA_TYPE);
        headers(problem).forEach(response::header);
        return response.build();
    }

    /// What the headers say of the problem.
    static Map<String, String> headers(Problem problem) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (problem.status() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            headers.put(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"lectern\"");
        }
        Duration wait = problem.retryAfter();
        if (wait != null) {
            headers.put(HttpHeaders.RETRY_AFTER, Long.toString(jittered(wait)));
        }
        return headers;
    }

    /// Whole seconds, at least the wait, and up to a quarter and a minute more: clients that were refused together come
    /// back apart.
    private static long jittered(Duration wait) {
        long seconds = Math.max(1, wait.plusNanos(999_999_999).toSeconds());
        return seconds + ThreadLocalRandom.current().nextLong(1 + Math.min(MOST_JITTER, (seconds + 3) / 4));
    }
}
