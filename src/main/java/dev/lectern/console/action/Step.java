package dev.lectern.console.action;

import java.util.function.Supplier;

/// An action with all that is wanted of it.
///
/// @param preview what it would do
/// @param execution does it, and tells what it did
public record Step(Outcome preview, Supplier<Outcome> execution) {

    /// Does it.
    ///
    /// @throws dev.lectern.problem.ProblemException where it cannot be done
    public Outcome execute() {
        return execution.get();
    }
}
