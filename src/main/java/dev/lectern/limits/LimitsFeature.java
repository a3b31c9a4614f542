package dev.lectern.limits;

import dev.lectern.access.Caller;
import dev.lectern.access.KnownCallers;
import dev.lectern.access.NewReader;
import dev.lectern.access.ReaderId;
import dev.lectern.llm.LanguageModel;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import io.dropwizard.core.setup.Environment;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Limits what is asked for at the port of readers.
public final class LimitsFeature {

    private static final int BAD_REQUEST = 400;

    private final LimitSettings settings;
    private final int replicas;
    private final LimitListener listener;
    private final InstantSource clock;
    private final RateLimits limits;
    private final QuestionQuotas quotas;

    /// @param replicas that share what the whole site has
    /// @param nanoTime as [System#nanoTime()]
    public LimitsFeature(
            LimitSettings settings, int replicas, LimitListener listener, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.replicas = replicas;
        this.listener = listener;
        this.clock = clock;
        this.limits = new RateLimits(settings, listener, nanoTime);
        this.quotas = new QuestionQuotas(settings.daily(), replicas, listener, clock);
    }

    /// The model with the day's tokens as its budget.
    public LanguageModel within(LanguageModel model) {
        return settings.enabled() ? new BudgetedModel(model, settings.daily(), replicas, listener, clock) : model;
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
        environment.jersey().register(new QuestionFilter(quotas));
    }

    /// Limits how many readers are made. By the resource, which many paths lead to.
    @NewReader
    @Priority(Priorities.USER)
    private record NewReaderFilter(RateLimits limits) implements ContainerRequestFilter {

        @Override
        public void filter(ContainerRequestContext request) {
            if (LimitedRequest.CURRENT.isBound()) {
                refuse(limits.refusalOfNewReader(LimitedRequest.CURRENT.get()));
            }
        }
    }

    /// Counts a question once it is known who asks, and gives it back where it was not answered.
    @CountedQuestion
    @Priority(Priorities.USER)
    private record QuestionFilter(QuestionQuotas quotas) implements ContainerRequestFilter, ContainerResponseFilter {

        private static final String COUNTED = QuestionFilter.class.getName();

        @Override
        public void filter(ContainerRequestContext request) {
            if (LimitedRequest.CURRENT.isBound()) {
                refuse(quotas.refusal(LimitedRequest.CURRENT.get(), caller(request)));
                request.setProperty(COUNTED, true);
            }
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (response.getStatus() >= BAD_REQUEST
                    && request.getProperty(COUNTED) != null
                    && LimitedRequest.CURRENT.isBound()) {
                quotas.giveBack(LimitedRequest.CURRENT.get(), caller(request));
            }
        }

        private static @Nullable ReaderId caller(ContainerRequestContext request) {
            return request.getSecurityContext().getUserPrincipal() instanceof Caller caller ? caller.reader() : null;
        }
    }

    private static void refuse(@Nullable Problem refusal) {
        if (refusal != null) {
            throw new ProblemException(refusal);
        }
    }
}
