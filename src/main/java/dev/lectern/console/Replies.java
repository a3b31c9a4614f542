package dev.lectern.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.Problem;
import dev.lectern.problem.RequestId;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// Answers with JSON: what was asked for, or a problem.
///
/// @param json writes it
record Replies(ObjectMapper json) {

    void send(HttpServletResponse response, Object body) throws IOException {
        send(response, HttpServletResponse.SC_OK, "application/json", body);
    }

    void send(HttpServletResponse response, Problem problem) throws IOException {
        var wait = problem.retryAfter();
        if (wait != null) {
            response.setHeader("Retry-After", Long.toString(Math.max(1, wait.toSeconds())));
        }
        send(response, problem.status(), Problem.MEDIA_TYPE, RequestId.on(response, problem));
    }

    /// 405, with what there is.
    void notAllowed(HttpServletResponse response, String allowed) throws IOException {
        response.setHeader("Allow", allowed);
        send(
                response,
                Problem.of(
                        HttpServletResponse.SC_METHOD_NOT_ALLOWED,
                        "method-not-allowed",
                        "The method is not allowed",
                        "There is " + allowed + " here."));
    }

    private void send(HttpServletResponse response, int status, String type, Object body) throws IOException {
        byte[] bytes = json.writeValueAsBytes(body);
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        response.getOutputStream().write(bytes);
    }
}
