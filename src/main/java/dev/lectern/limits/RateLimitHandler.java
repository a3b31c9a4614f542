package dev.lectern.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.access.KnownCallers;
import dev.lectern.access.ReaderId;
import dev.lectern.neon.admission.Requester;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemWriter;
import java.net.InetSocketAddress;
import java.util.List;
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

    /// What Dropwizard calls the operators' connectors.
    private static final String OPERATORS = "admin";

    /// Programs look at it that have to know whether this process lives.
    private static final String HEALTH = "/health-check";

    private static final String SCHEME = "Bearer ";

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
        ClientAddress address = isLimited(request) ? address(request) : null;
        if (address == null) {
            return super.handle(request, response, callback);
        }
        Allowance limited = new Allowance(address, response.getHeaders());
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
        return !OPERATORS.equals(request.getConnectionMetaData().getConnector().getName())
                && !HEALTH.equals(Request.getPathInContext(request));
    }

    /// Null where the peer has none, as on a local socket.
    private @Nullable ClientAddress address(Request request) {
        if (!(request.getConnectionMetaData().getRemoteSocketAddress() instanceof InetSocketAddress peer)
                || peer.getAddress() == null) {
            return null;
        }
        List<String> lines =
                proxies.trusts(peer.getAddress()) ? request.getHeaders().getValuesList(proxies.header()) : List.of();
        return ClientAddress.of(proxies.client(peer.getAddress(), lines));
    }

    private @Nullable ReaderId caller(Request request) {
        String header = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                ? callers.reader(header.substring(SCHEME.length()).strip())
                : null;
    }
}
