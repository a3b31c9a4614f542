package dev.lectern.access;

import dev.lectern.problem.AdminConnector;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/// Lets pages of other sites call the API from a browser ([CORS](https://fetch.spec.whatwg.org/#http-cors-protocol)),
/// and never the operators' port; pages of origins that are not allowed are refused. Cookies and the like are not asked
/// for: whoever calls bears a token.
public final class CrossOrigin {

    /// As long as the browsers that keep it shortest do.
    private static final Duration PREFLIGHT_KEPT = Duration.ofHours(2);

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private static final Set<String> SENT = Set.of(
            "Accept",
            "Authorization",
            "Content-Type",
            "Idempotency-Key",
            "If-None-Match",
            "Last-Event-ID",
            "X-Request-Id",
            "traceparent");

    private static final Set<String> READ =
            Set.of("ETag", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id");

    private CrossOrigin() {}

    /// Puts it around all servlets and around the limits, which do not count what is refused here. What is registered
    /// later is around it.
    public static void register(Environment environment, AllowedOrigins allowed) {
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            // Dropwizard has composed the server by then.
            @Override
            public void lifeCycleStarting(LifeCycle event) {
                if (event instanceof Server server) {
                    Handler inner = server.getHandler();
                    server.setHandler(new ForeignPageHandler(
                            allowed,
                            allowed.isEmpty() ? inner : new ReadersPort(allowed, inner),
                            environment.getObjectMapper()));
                }
            }
        });
    }

    private static final class ReadersPort extends CrossOriginHandler {

        ReadersPort(AllowedOrigins allowed, Handler handler) {
            setHandler(handler);
            setAllowedOriginPatterns(
                    allowed.isAny()
                            ? allowed.origins()
                            : allowed.origins().stream()
                                    .map(ReadersPort::exactly)
                                    .collect(Collectors.toSet()));
            setAllowCredentials(false);
            setAllowedMethods(METHODS);
            setAllowedHeaders(SENT);
            setExposedHeaders(READ);
            setPreflightMaxAge(PREFLIGHT_KEPT);
        }

        /// The handler would not mind the case.
        private static String exactly(String origin) {
            return "(?-i:" + Pattern.quote(origin) + ")";
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            return AdminConnector.serves(request)
                    ? getHandler().handle(request, response, callback)
                    : super.handle(request, response, callback);
        }
    }
}
