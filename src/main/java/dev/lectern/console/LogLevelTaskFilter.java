package dev.lectern.console;

import dev.lectern.console.action.SettableLoggers;
import dev.lectern.problem.ProblemException;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/// Before Dropwizard's `POST /tasks/log-level`, which would set any logger: only those that the action sets, too.
record LogLevelTaskFilter(Replies replies) implements Filter {

    static final String PATH = "/tasks/log-level";

    private static final String LOGGER = "logger";

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            for (String logger : Objects.requireNonNullElse(request.getParameterValues(LOGGER), new String[0])) {
                SettableLoggers.check(logger, LOGGER);
            }
        } catch (ProblemException e) {
            replies.send((HttpServletResponse) response, e.problem());
            return;
        }
        chain.doFilter(request, response);
    }
}
