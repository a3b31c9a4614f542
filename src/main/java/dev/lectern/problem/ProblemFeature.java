package dev.lectern.problem;

import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;

/// What every request of a resource goes through: a limit of its body, and problems for errors.
public final class ProblemFeature implements Feature {

    @Override
    public boolean configure(FeatureContext context) {
        context.register(new IdentifyingFilter())
                .register(BodyLimitFilter.forEach())
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
