package dev.lectern.problem;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jersey.filter.AllowedMethodsFilter;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/// What every request goes through around the servlets: it gets an id, its body must come in time and is read to the
/// end, what cannot be read of the rest is refused by name, and a refusal of Jetty, a filter or a servlet is a problem.
///
/// To be registered as a listener of the server's life.
public final class JettyProblems implements LifeCycle.Listener {

    private final JettyErrorHandler refusals;
    private final Duration patience;

    public JettyProblems(ServerFactory server, ObjectMapper json) {
        this(server, json, Duration.ofSeconds(BodyLimit.DEFAULT_SECONDS));
    }

    /// @param patience how long a body may take where its resource does not say, and the rest that nobody has read
    JettyProblems(ServerFactory server, ObjectMapper json, Duration patience) {
        this.refusals = new JettyErrorHandler(json, new TreeSet<>(methods(server)));
        this.patience = patience;
    }

    private static Set<String> methods(ServerFactory server) {
        return server instanceof AbstractServerFactory factory
                ? factory.getAllowedMethods()
                : AllowedMethodsFilter.DEFAULT_ALLOWED_METHODS;
    }

    /// Dropwizard has composed the server by then, and gives no other chance to wrap the whole.
    @Override
    public void lifeCycleStarting(LifeCycle event) {
        if (event instanceof Server server) {
            server.setErrorHandler(refusals);
            server.setHandler(new RequestIdHandler(
                    new UnreadBodyHandler(new UnreadablePartsHandler(server.getHandler()), patience)));
        }
    }
}
