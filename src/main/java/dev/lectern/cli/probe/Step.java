package dev.lectern.cli.probe;

import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One step of a check.
///
/// @param name a stable word for it
/// @param seen one line
/// @param took null where nothing was measured
/// @param figures what was seen, for programs
/// @param remark what it has to say to the verdict; null where nothing
record Step(
        String name,
        Outcome outcome,
        String seen,
        @Nullable Duration took,
        Map<String, Object> figures,
        @Nullable Remark remark) {

    static Step ok(String name, String seen, Map<String, Object> figures) {
        return new Step(name, Outcome.OK, seen, null, figures, null);
    }

    static Step warning(String name, String seen, Map<String, Object> figures, Remark remark) {
        return new Step(name, Outcome.WARNING, seen, null, figures, remark);
    }

    static Step failed(String name, String seen, Remark remark) {
        return new Step(name, Outcome.FAILED, seen, null, Map.of(), remark);
    }

    static Step skipped(String name, String why) {
        return new Step(name, Outcome.SKIPPED, why, null, Map.of(), null);
    }

    Step noting(Remark note) {
        return new Step(name, outcome, seen, took, figures, note);
    }

    Step took(Duration duration) {
        return new Step(name, outcome, seen, duration, figures, remark);
    }

    /// The same with other words for what was seen.
    Step seen(UnaryOperator<String> words) {
        return new Step(name, outcome, words.apply(seen), took, figures, remark);
    }
}
