package dev.lectern.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// A problem as the response of a handler, where no resource is asked.
public final class ProblemWriter {

    private ProblemWriter() {}

    /// Writes it, with the request's id.
    public static void write(Request request, Response response, Callback callback, Problem problem, ObjectMapper json)
            throws JsonProcessingException {
        HttpFields.Mutable headers = response.getHeaders();
        response.setStatus(problem.status());
        headers.put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        Refusal.headers(problem).forEach(headers::put);
        byte[] body = json.writeValueAsBytes(problem.of(RequestId.of(request)));
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
