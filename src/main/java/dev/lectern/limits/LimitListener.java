package dev.lectern.limits;

/// Is told what limits do, on the thread of the request: it must be quick, and must not throw.
public interface LimitListener {

    /// A request was refused.
    void refused(Limit limit);

    /// A language model's call has cost so many tokens.
    ///
    /// @param estimated whether the provider has not said so
    default void spent(long tokens, boolean estimated) {}
}
