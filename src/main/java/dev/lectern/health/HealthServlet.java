package dev.lectern.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.RequestId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// `GET /health-check?type=alive|ready`. Alive is the process alone; ready is 503 only where nothing can be served.
final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS");

    private final transient Readiness readiness;
    private final transient ObjectMapper json;

    HealthServlet(Readiness readiness, ObjectMapper json) {
        this.readiness = readiness;
        this.json = json;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            super.service(request, response);
        } else {
            response.setHeader("Allow", String.join(", ", METHODS));
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String type = request.getParameter("type");
        switch (type == null ? "ready" : type) {
            case "alive" -> send(response, HttpServletResponse.SC_OK, Map.of("status", "alive"));
            case "ready" -> {
                Readiness.Report report = readiness.report();
                int status = report.serving() ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                send(response, status, report);
            }
            default -> {
                Problem problem = ProblemException.invalid("type", "must be \"alive\" or \"ready\"")
                        .problem();
                send(response, problem.status(), Problem.MEDIA_TYPE, RequestId.on(response, problem));
            }
        }
    }

    private void send(HttpServletResponse response, int status, Object body) throws IOException {
        send(response, status, "application/json", body);
    }

    private void send(HttpServletResponse response, int status, String contentType, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(contentType);
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), body);
    }
}
