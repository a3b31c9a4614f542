package dev.lectern.console;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;

/// One part of what the console shows.
@FunctionalInterface
interface Panel {

    /// What it shows now: a [Document], or what becomes JSON.
    ///
    /// @throws dev.lectern.problem.ProblemException where it cannot be had
    Object shown(HttpServletRequest request) throws IOException;
}
