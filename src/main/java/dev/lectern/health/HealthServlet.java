package dev.lectern.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/// `GET /health-check?type=alive|ready`. Alive is the process alone; ready is 503 only where nothing can be served.
final class HealthServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Readiness readiness;
    private final transient ObjectMapper json;

    HealthServlet(Readiness readiness, ObjectMapper json) {
        this.readiness = readiness;
        this.json = json;
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
            default ->
                send(
                        response,
                        HttpServletResponse.SC_BAD_REQUEST,
                        Map.of("detail", "type must be \"alive\" or \"ready\""));
        }
    }

    private void send(HttpServletResponse response, int status, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), body);
    }
}
