package dev.lectern.limits;

import dev.lectern.access.KnownCallers;
import dev.lectern.access.NewReader;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import io.dropwizard.core.setup.Environment;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/// Limits what is asked for at the port of readers.
public final class LimitsFeature {

    private final LimitSettings settings;
    private final RateLimits limits;

    /// @param nanoTime as [System#nanoTime()]
    public LimitsFeature(LimitSettings settings, LimitListener listener, LongSupplier nanoTime) {
        this.settings = settings;
        this.limits = new RateLimits(settings, listener, nanoTime);
    }

    /// Puts it around all servlets. What is registered later is around it.
    public void register(Environment environment, KnownCallers callers) {
        if (!settings.enabled()) {
            return;
        }
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            // Dropwizard has composed the server by then.
            @Override
            public void lifeCycleStarting(LifeCycle event) {
                if (event instanceof Server server) {
                    server.setHandler(new RateLimitHandler(
                            server.getHandler(),
                            limits,
                            TrustedProxies.of(settings),
                            callers,
                            environment.getObjectMapper()));
                }
            }
        });
        environment.jersey().register(new NewReaderFilter(limits));
    }

    /// Limits how many readers are made. By the resource, which many paths lead to.
    @NewReader
    @Priority(Priorities.USER)
    private record NewReaderFilter(RateLimits limits) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            if (LimitedRequest.CURRENT.isBound()) {
                Problem refusal = limits.refusalOfNewReader(LimitedRequest.CURRENT.get());
                if (refusal != null) {
                    throw new ProblemException(refusal);
                }
            }
        }
    }
}
