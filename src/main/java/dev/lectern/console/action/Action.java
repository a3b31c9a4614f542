package dev.lectern.console.action;

/// One thing that an operator can do.
public interface Action {

    /// What it is called in a path.
    String name();

    /// Reads what is wanted, and says what that would do. Nothing is done yet.
    ///
    /// @param fields of the request; read to the end, so that what is not valid is told by name
    /// @throws dev.lectern.problem.ProblemException where it is not valid, or cannot be done now
    Step prepare(Fields fields);
}
