package dev.lectern.limits;

/// What is limited.
public enum Limit {
    /// Requests of a caller who is known.
    CALLER("caller", "This caller makes more requests than one may; wait as long as Retry-After says."),
    /// Requests from an address, whoever makes them.
    ADDRESS("address", "More requests come from this address than from one may; wait as long as Retry-After says."),
    /// Anonymous readers made from an address.
    NEW_READERS("new-readers", "More readers are made from this address than from one may; keep the token of one.");

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

    /// What a client is told who has met it.
    String refusal() {
        return refusal;
    }
}
