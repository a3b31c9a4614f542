package dev.lectern.console.action;

import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.util.List;

/// Which loggers may be set while Lectern runs: those of which it is known that at no level they write what is in a
/// request. Jetty, the driver of the database and the client of the language model write at TRACE all that they carry.
public final class SettableLoggers {

    private static final List<String> PACKAGES = List.of("dev.lectern", "com.zaxxer.hikari");

    /// Says who did what, and so it is silenced by nobody.
    private static final String OPERATORS = "dev.lectern.operators";

    private SettableLoggers() {}

    /// Refuses any other.
    ///
    /// @param pointer to what names the logger
    /// @throws ProblemException 422 where it is none of them
    public static void check(String logger, String pointer) {
        boolean settable = !isOf(OPERATORS, logger) && PACKAGES.stream().anyMatch(name -> isOf(name, logger));
        if (!settable) {
            String detail = "must be " + String.join(" or ", PACKAGES) + ", or something in them but " + OPERATORS;
            throw new ProblemException(
                    Problem.of(422, "logger-not-settable", "This logger cannot be set", pointer + ": " + detail)
                            .with(List.of(new Problem.FieldError(pointer, detail))));
        }
    }

    private static boolean isOf(String name, String logger) {
        return logger.equals(name) || logger.startsWith(name + ".");
    }
}
