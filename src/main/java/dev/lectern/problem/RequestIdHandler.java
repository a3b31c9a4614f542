package dev.lectern.problem;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.MDC;

/// The outermost handler: puts the request's id on the response and, until the response is written, into the log; the
/// trace id of a W3C `traceparent` into the log; and on the response what browsers are told.
final class RequestIdHandler extends Handler.Wrapper {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

    RequestIdHandler(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String id = RequestId.of(request);
        response.getHeaders().put(RequestId.HEADER, id);
        BrowserRules.put(request, response.getHeaders());
        MDC.put("request_id", id);
        String traceparent = request.getHeaders().get("traceparent");
        Matcher trace = TRACEPARENT.matcher(traceparent == null ? "" : traceparent);
        if (trace.matches()) {
            MDC.put("trace_id", trace.group(1));
        }
        try {
            return super.handle(request, response, callback);
        } finally {
            MDC.remove("request_id");
            MDC.remove("trace_id");
        }
    }
}
