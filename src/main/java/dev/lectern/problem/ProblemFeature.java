package dev.lectern.problem;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import java.time.InstantSource;

/// What every request of a resource goes through: a limit of its body, and problems for errors.
public final class ProblemFeature implements Feature {

    private final InstantSource clock;

    public ProblemFeature(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new IdentifyingFilter())
                .register(BodyLimitFilter.forEach(clock))
                .register(new RepeatedParameterFilter())
                .register(new UnwantedFormFilter())
                .register(new ProblemExceptionMapper())
                .register(new WebApplicationExceptionMapper())
                .register(new ParameterExceptionMapper())
                .register(new HeaderExceptionMapper())
                .register(new JsonExceptionMapper())
                .register(new UncaughtExceptionMapper());
        return true;
    }
}
