package dev.lectern.health;

import com.codahale.metrics.health.HealthCheck;

/// Tells whether answers are written by the model that is meant to, as the last call of it showed. Calls nothing.
final class LanguageModelHealthCheck extends HealthCheck {

    private final WatchedModel model;

    LanguageModelHealthCheck(WatchedModel model) {
        this.model = model;
    }

    @Override
    protected Result check() {
        return model.failure()
                .map(reason -> Result.unhealthy(
                        switch (reason) {
                            case UNAVAILABLE -> told("the server cannot be reached, or answers with an error");
                            case TIMEOUT -> told("the server did not answer in time");
                            case RATE_LIMITED -> told("the server asks for fewer requests, or the account is used up");
                            case MISCONFIGURED -> told("key, model or URL are wrong");
                            case BUDGET_SPENT -> told("the day's tokens are spent");
                            case REFUSED -> told("the server refused the request");
                            case SHARE_SPENT -> told("the caller's tokens of the day are spent");
                        }))
                .orElseGet(() -> Result.healthy(model.name()));
    }

    private String told(String cause) {
        return "the last call of " + model.name() + " failed, and the fallback answered where there is one: " + cause;
    }
}
