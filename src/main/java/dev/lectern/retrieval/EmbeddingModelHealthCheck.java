package dev.lectern.retrieval;

import com.codahale.metrics.health.HealthCheck;
import java.util.Optional;
import java.util.function.Supplier;

/// Tells whether passages are found by meaning too, or by words alone because the model cannot be loaded.
final class EmbeddingModelHealthCheck extends HealthCheck {

    private final Supplier<Optional<Exception>> failure;

    EmbeddingModelHealthCheck(Supplier<Optional<Exception>> failure) {
        this.failure = failure;
    }

    @Override
    protected Result check() {
        return failure.get()
                .map(cause -> Result.unhealthy(
                        "the embedding model cannot be loaded, so that searches go by words alone: see the log"))
                .orElseGet(Result::healthy);
    }
}
