package dev.lectern.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.BearerToken;
import dev.lectern.access.KnownCallers;
import dev.lectern.access.ReaderId;
import dev.lectern.neon.admission.Requester;
import dev.lectern.problem.AdminConnector;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemWriter;
import java.net.InetAddress;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Refuses at the port of readers what is too much, before its body is read and before anything is done for it. Nobody
/// else is asked meanwhile: neither the database nor an identity provider.
///
/// Whoever is let through waits for the database in turn with the others.
final class RateLimitHandler extends Handler.Wrapper {

    /// Programs look at it that have to know whether this process lives.
    private static final String HEALTH = "/health-check";

    private final RateLimits limits;
    private final TrustedProxies proxies;
    private final KnownCallers callers;
    private final ObjectMapper json;

    RateLimitHandler(
            Handler handler, RateLimits limits, TrustedProxies proxies, KnownCallers callers, ObjectMapper json) {
        super(handler);
        this.limits = limits;
        this.proxies = proxies;
        this.callers = callers;
        this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        InetAddress client = isLimited(request) ? proxies.client(request) : null;
        if (client == null) {
            return super.handle(request, response, callback);
        }
        Allowance limited = new Allowance(ClientAddress.of(client), response.getHeaders());
        Problem refusal = limits.refusal(limited, () -> caller(request));
        if (refusal != null) {
            ProblemWriter.write(request, response, callback, refusal, json);
            return true;
        }
        return ScopedValue.where(Allowance.CURRENT, limited)
                .where(Requester.OF_REQUEST, limited.requester())
                .call(() -> super.handle(request, response, callback));
    }

    private static boolean isLimited(Request request) {
        return !AdminConnector.serves(request) && !isHealthCheck(request);
    }

    static boolean isHealthCheck(Request request) {
        return HEALTH.equals(Request.getPathInContext(request));
    }

    private @Nullable ReaderId caller(Request request) {
        BearerToken bearer = BearerToken.of(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        return bearer == null ? null : callers.reader(bearer.text());
    }
}
