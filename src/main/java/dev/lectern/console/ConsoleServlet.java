package dev.lectern.console;

import dev.lectern.problem.ProblemException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/// `/api/*` on the admin port: each panel of the console as JSON.
final class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient Map<String, Panel> panels;
    private final transient Replies replies;

    /// @param panels by their path below `/api/`
    ConsoleServlet(Map<String, Panel> panels, Replies replies) {
        this.panels = Map.copyOf(panels);
        this.replies = replies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo().replaceFirst("^/", "");
        Panel panel = panels.get(path);
        try {
            if (panel == null) {
                throw ProblemException.notFound("There is no " + request.getServletPath() + "/" + path + ".");
            }
            if (!"GET".equals(request.getMethod()) && !"HEAD".equals(request.getMethod())) {
                replies.notAllowed(response, "GET, HEAD");
                return;
            }
            switch (panel.shown(request)) {
                case Document document -> send(response, document);
                case Object shown -> replies.send(response, shown);
            }
        } catch (ProblemException e) {
            replies.send(response, e.problem());
        }
    }

    private static void send(HttpServletResponse response, Document document) throws IOException {
        response.setContentType(document.type());
        response.setHeader("Cache-Control", "no-store");
        if (document.fileName() != null) {
            response.setHeader("Content-Disposition", "attachment; filename=\"" + document.fileName() + "\"");
        }
        response.getOutputStream().write(document.content());
    }
}
