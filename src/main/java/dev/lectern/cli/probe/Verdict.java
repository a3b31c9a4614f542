package dev.lectern.cli.probe;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What all steps of a check amount to.
///
/// @param failure the class of failure; null for none
/// @param next what to do; null for nothing
record Verdict(
        Level level,
        @Nullable String failure,
        String sentence,
        @Nullable String next) {

    /// What failed counts before what is only a warning, among these the worst, and among equals the first.
    ///
    /// @param praise what to say where nothing is the matter
    static Verdict of(List<Step> steps, String praise) {
        List<Remark> warnings = remarks(steps, Outcome.WARNING)
                .sorted(Comparator.comparing(Remark::level).reversed())
                .toList();
        Optional<Remark> failed = remarks(steps, Outcome.FAILED).findFirst();
        if (failed.isPresent()) {
            return of(failed.get(), 0);
        }
        return warnings.isEmpty() ? healthy(steps, praise) : of(warnings.getFirst(), warnings.size() - 1);
    }

    private static Verdict of(Remark remark, int others) {
        String more = switch (others) {
            case 0 -> "";
            case 1 -> "; and there is another warning above";
            default -> "; and there are " + others + " more warnings above";
        };
        return new Verdict(remark.level(), remark.failure(), remark.sentence() + more, remark.next());
    }

    private static Verdict healthy(List<Step> steps, String praise) {
        String sentence = Stream.concat(
                        Stream.of(praise), remarks(steps, Outcome.OK).map(Remark::sentence))
                .collect(Collectors.joining("; "));
        String next = remarks(steps, Outcome.OK)
                .map(Remark::next)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return new Verdict(Level.HEALTHY, null, sentence, next);
    }

    private static Stream<Remark> remarks(List<Step> steps, Outcome outcome) {
        return steps.stream()
                .filter(step -> step.outcome() == outcome)
                .map(Step::remark)
                .filter(Objects::nonNull);
    }
}
