package dev.lectern.metrics;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/// `GET /metrics` on the admin port: Prometheus' text, OpenMetrics where that is asked for, or Dropwizard's JSON.
final class MetricsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final List<String> METHODS = List.of("GET", "HEAD", "OPTIONS");

    private final transient Servlet text;
    private final transient Servlet json;

    MetricsServlet(Servlet text, Servlet json) {
        this.text = text;
        this.json = json;
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
        super.init(config);
        text.init(config);
        json.init(config);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (METHODS.contains(request.getMethod())) {
            String accept = request.getHeader("Accept");
            Servlet wanted = accept != null && accept.contains("application/json") ? json : text;
            wanted.service(request, response);
        } else {
            response.setHeader("Allow", String.join(", ", METHODS));
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        }
    }
}
