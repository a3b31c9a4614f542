package dev.lectern.limits;

import dev.lectern.problem.Problem;

/// What is limited.
public enum Limit {
    /// Requests of a caller who is known.
    CALLER("caller", "This caller makes more requests than one may; wait as long as Retry-After says."),
    /// Requests from an address, whoever makes them.
    ADDRESS("address", "More requests come from this address than from one may; wait as long as Retry-After says."),
    /// Anonymous readers made from an address.
    NEW_READERS("new-readers", "More readers are made from this address than from one may; keep the token of one."),
    /// Tokens that were not good, shown from an address to the admin port or to import a book.
    ADMIN_GUESSES(
            "admin-guesses",
            "Too many tokens that are not good have come from this address; wait as long as Retry-After says."),
    /// Answers in the making for a caller.
    CALLER_ANSWERS("caller-answers", "This caller has as many answers in the making as one may; wait until one ends."),
    /// Answers in the making for whoever asks from an address.
    ADDRESS_ANSWERS("address-answers", "As many answers are in the making for this address as may be for one."),
    /// Questions of a caller in a day.
    CALLER_QUESTIONS("caller-questions", "This caller has asked as many questions as one may in a day of UTC."),
    /// Questions from an address in a day.
    ADDRESS_QUESTIONS("address-questions", "As many questions have come from this address as may in a day of UTC."),
    /// Questions of all in a day.
    SITE_QUESTIONS("site-questions", "Of this site as many questions were asked as it answers in a day of UTC."),
    /// The language model's tokens of a day for a caller. Nothing is refused for it, nor for the next two.
    CALLER_TOKENS("caller-tokens", ""),
    /// The language model's tokens of a day for an address.
    ADDRESS_TOKENS("address-tokens", ""),
    /// The language model's tokens of a day for all.
    SITE_TOKENS("site-tokens", "");

    private static final int TOO_MANY = 429;

    private final String label;
    private final String refusal;

    Limit(String label, String refusal) {
        this.label = label;
        this.refusal = refusal;
    }

    /// Its name in headers and metrics.
    public String label() {
        return label;
    }

    /// Whether a request is ever refused for it.
    public boolean refuses() {
        return !refusal.isEmpty();
    }

    /// What a client is told who has met it.
    Problem problem() {
        return switch (this) {
            case CALLER, ADDRESS, NEW_READERS, ADMIN_GUESSES, CALLER_ANSWERS, ADDRESS_ANSWERS ->
                Problem.of(TOO_MANY, "rate-limited", "Too many requests", refusal);
            case CALLER_QUESTIONS, ADDRESS_QUESTIONS, SITE_QUESTIONS, CALLER_TOKENS, ADDRESS_TOKENS, SITE_TOKENS ->
                Problem.of(TOO_MANY, "quota-exhausted", "The quota of the day is used up", refusal);
        };
    }
}
