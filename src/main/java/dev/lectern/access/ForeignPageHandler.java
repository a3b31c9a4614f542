package dev.lectern.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.AdminConnector;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.ProblemWriter;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses at the port of readers what a page sends whose origin is not allowed. It could not read the answer, but
/// what it has a visitor's browser ask for counts for the visitor's address, and so for a whole school.
///
/// Browsers say from where a request comes; what does not say it is a program, which needs no visitors.
final class ForeignPageHandler extends Handler.Wrapper {

    private final AllowedOrigins allowed;
    private final ObjectMapper json;

    ForeignPageHandler(AllowedOrigins allowed, Handler handler, ObjectMapper json) {
        super(handler);
        this.allowed = allowed;
        this.json = json;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (AdminConnector.serves(request) || !isForeign(request)) {
            return super.handle(request, response, callback);
        }
        ProblemException refusal =
                ProblemException.forbidden("Pages of this origin may not ask: the server does not allow it.");
        ProblemWriter.write(request, response, callback, refusal.problem(), json);
        return true;
    }

    private boolean isForeign(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        return origin != null
                && "cross-site".equals(request.getHeaders().get("Sec-Fetch-Site"))
                && !allowed.allows(origin);
    }
}
