package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.QuietException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Answers with a problem where no resource does: Jetty refuses what it cannot parse, and servlets and filters refuse
/// with a bare status. Whatever `Accept` says, and whatever message came with the status.
final class JettyErrorHandler implements Request.Handler {

    private static final Logger LOG = LoggerFactory.getLogger(JettyErrorHandler.class);

    private final ObjectMapper json;
    private final Set<String> methods;

    /// @param methods those that the server lets through to its resources
    JettyErrorHandler(ObjectMapper json, Set<String> methods) {
        this.json = json;
        this.methods = methods;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws JsonProcessingException {
        // No handler has seen a request that could not be parsed, and a failed response has lost its headers.
        String id = RequestId.of(request);
        Problem problem = problem(request, response.getStatus());
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(RequestId.HEADER, id);
        BrowserRules.put(request, headers);
        if (problem.status() == 500) {
            log(request, id);
        }
        if (problem.status() == 405 && !methods.contains(request.getMethod())) {
            headers.put(HttpHeader.ALLOW, String.join(", ", methods));
        }
        if (!request.getConnectionMetaData().isPersistent()) {
            headers.put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        ProblemWriter.write(request, response, callback, problem, json);
        return true;
    }

    /// Names what cannot be read where that may be the reason.
    private static Problem problem(Request request, int status) {
        return UnreadableParts.problem(request)
                .filter(problem -> problem.status() == status)
                .orElseGet(() -> StatusProblems.of(status));
    }

    /// Jetty's own line in the log may lack the id. That a client has gone is no fault.
    private static void log(Request request, String id) {
        if (request.getAttribute(ErrorHandler.ERROR_EXCEPTION) instanceof Throwable cause
                && !(cause instanceof QuietException)) {
            try (MDC.MDCCloseable _ = MDC.putCloseable("request_id", id)) {
                LOG.error("A request failed outside of the resources", cause);
            }
        }
    }
}
