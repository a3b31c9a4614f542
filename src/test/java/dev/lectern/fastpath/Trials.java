package dev.lectern.fastpath;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// All trials of a run, one of each subject in every round.
final class Trials {

    /// Who was tried, with what.
    ///
    /// @param connections 0 of the database alone, which has as many as Lectern's pool
    record Subject(String side, Read read, int connections) {}

    private final Map<Subject, List<Trial>> all = new LinkedHashMap<>();

    void add(Subject subject, Trial trial) {
        all.computeIfAbsent(subject, each -> new ArrayList<>()).add(trial);
        System.out.println(String.format(
                Locale.ROOT,
                "%s, %s, %d connections: %.0f/s, %.1f %% refused, p99 %.1f ms; server %.0f µs, PostgreSQL %.0f µs; %d to compile",
                subject.side(),
                subject.read().text(),
                subject.connections(),
                trial.rate(),
                trial.refused(),
                trial.slowest(),
                trial.server(),
                trial.postgres(),
                trial.queue()));
    }

    /// The trial in the middle of those of a subject.
    Trial median(Subject subject) {
        List<Trial> sorted = of(subject).stream()
                .sorted(Comparator.comparingDouble(Trial::rate))
                .toList();
        return sorted.get(sorted.size() / 2);
    }

    /// The most methods that had yet to be compiled when a trial of the subject began.
    int queue(Subject subject) {
        return of(subject).stream().mapToInt(Trial::queue).max().orElseThrow();
    }

    /// Which part of the limit was reached, in each round.
    double[] parts(Subject alone, Subject constant, Subject lectern) {
        return IntStream.range(0, of(lectern).size())
                .mapToDouble(round -> part(
                        of(alone).get(round),
                        of(constant).get(round),
                        of(lectern).get(round)))
                .toArray();
    }

    /// The rate of one subject in each round, as a part of another's.
    double[] ratios(Subject one, Subject other) {
        return IntStream.range(0, of(one).size())
                .mapToDouble(round ->
                        of(one).get(round).rate() / of(other).get(round).rate())
                .toArray();
    }

    /// What can be had where each answer takes its share of the same processors for the one and for the other.
    static double limit(Trial alone, Trial constant) {
        return 1 / (1 / alone.rate() + 1 / constant.rate());
    }

    static double part(Trial alone, Trial constant, Trial lectern) {
        return lectern.rate() / limit(alone, constant);
    }

    private List<Trial> of(Subject subject) {
        return Objects.requireNonNull(all.get(subject));
    }
}
