package dev.lectern.limits;

import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.List;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/// Limits what is asked for at the port of readers, and tells admission whose turn it is. Where the operator's secrets
/// are asked for, it limits how often anybody may guess.
public final class LimitsFeature {

    private static final int BAD_REQUEST = 400;

    private final LimitSettings settings;
    private final int replicas;
    private final LimitListener listener;
    private final InstantSource clock;
    private final RateLimits limits;
    private final QuestionQuotas quotas;
    private final OperatorGuesses guesses;
    private final AnswerShares answers;

    /// @param replicas that share what the whole site has
    /// @param nanoTime as [System#nanoTime()]
    public LimitsFeature(
            LimitSettings settings, int replicas, LimitListener listener, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings.inForce();
        this.replicas = replicas;
        this.listener = listener;
        this.clock = clock;
        this.limits = new RateLimits(this.settings, listener, nanoTime);
        this.guesses = new OperatorGuesses(this.settings, listener, nanoTime);
        this.quotas = new QuestionQuotas(this.settings.daily(), replicas, listener, clock);
        this.answers = new AnswerShares(this.settings.answers(), listener);
    }

    /// The model with the day's tokens as its budget.
    public LanguageModel within(LanguageModel model) {
        return new BudgetedModel(model, settings.daily(), replicas, listener, clock);
    }

    /// Takes its share for an answer to the request that this thread works on.
    ///
    /// @throws ProblemException 429 where the caller, or whoever asks from the address, has as many as one may
    public AnswerShare beginAnswer() {
        return answers.take();
    }

    /// Puts it around all servlets. What is registered later is around it.
    public void register(Environment environment, KnownCallers callers) {
        environment.lifecycle().addEventListener(new LifeCycle.Listener() {
            // Dropwizard has composed the server by then.
            @Override
            public void lifeCycleStarting(LifeCycle event) {
                if (event instanceof Server server) {
                    TrustedProxies proxies = TrustedProxies.of(settings);
                    ObjectMapper json = environment.getObjectMapper();
                    server.setHandler(new OperatorGuessHandler(
                            new RateLimitHandler(server.getHandler(), limits, proxies, callers, json),
                            guesses,
                            proxies,
                            json));
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
            if (Allowance.CURRENT.isBound()) {
                Problem refusal = limits.refusalOfNewReader(Allowance.CURRENT.get());
                if (refusal != null) {
                    throw new ProblemException(refusal);
                }
            }
        }
    }

    /// Counts a question once it is known who asks, and gives it back where it was not answered.
    @CountedQuestion
    @Priority(Priorities.USER)
    private record QuestionFilter(QuestionQuotas quotas) implements ContainerRequestFilter, ContainerResponseFilter {

        /// The headers of a request that may have been answered before, which costs nothing.
        private static final List<String> REPEATS = List.of("Idempotency-Key", "Last-Event-ID");

        @Override
        public void filter(ContainerRequestContext request) {
            if (!Allowance.CURRENT.isBound()) {
                return;
            }
            Allowance allowance = Allowance.CURRENT.get();
            ReaderId caller = caller(request);
            allowance.madeBy(caller);
            QuestionCount question = quotas.count(allowance, caller);
            allowance.ask(question);
            if (!question.isGranted() && REPEATS.stream().noneMatch(request.getHeaders()::containsKey)) {
                throw question.refused();
            }
        }

        @Override
        public void filter(ContainerRequestContext request, ContainerResponseContext response) {
            if (response.getStatus() >= BAD_REQUEST) {
                QuestionCount.current().giveBack();
            }
        }

        private static @Nullable ReaderId caller(ContainerRequestContext request) {
            return request.getSecurityContext().getUserPrincipal() instanceof Caller caller ? caller.reader() : null;
        }
    }
}
