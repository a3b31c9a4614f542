package dev.lectern.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;

/// The id of a request: the client's own where it sends a sane one. It is on the response, in problems and in the log.
public final class RequestId {

    /// The header that carries the id, both ways, and the request's attribute that holds it.
    public static final String HEADER = "X-Request-Id";

    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestId() {}

    /// The problem with the id that the response carries.
    public static Problem on(HttpServletResponse response, Problem problem) {
        String id = response.getHeader(HEADER);
        return id == null ? problem : problem.of(id);
    }

    /// The id that the request has, or is given now.
    static String of(Request request) {
        if (request.getAttribute(HEADER) instanceof String given) {
            return given;
        }
        String offered = request.getHeaders().get(HEADER);
        String id = offered != null && SANE.matcher(offered).matches() ? offered : drawn().toString();
        request.setAttribute(HEADER, id);
        return id;
    }

    /// A random UUID (version 4), which is no secret. [UUID#randomUUID()] draws from a source that is one for all,
    /// behind a lock: of the virtual threads that met there while the system let its holder wait, each was let in
    /// when the one before had had its turn, and the last after a quarter of a second (`docs/performance.md`).
    static UUID drawn() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & (Long.MAX_VALUE >> 1)) | Long.MIN_VALUE;
        return new UUID(high, low);
    }
}
