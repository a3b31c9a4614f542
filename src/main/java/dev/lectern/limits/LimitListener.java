package dev.lectern.limits;

/// Is told what limits do, on the thread of the request: it must be quick, and must not throw.
public interface LimitListener {

    /// A request was refused.
    void refused(Limit limit);
}
