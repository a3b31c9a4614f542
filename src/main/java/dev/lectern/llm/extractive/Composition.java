package dev.lectern.llm.extractive;

import dev.lectern.llm.extractive.Excerpt.Form;
import dev.lectern.llm.extractive.Question.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Chooses the excerpts of an answer and puts them in an order that reads well.
final class Composition {

    private static final int WORDS = 120;
    private static final int PIECES = 4;

    /// A list or a piece of code longer than this is not quoted; its single items may be.
    private static final int BLOCK_WORDS = 90;
    private static final int BLOCK_LINES = 14;

    /// What is added must be nearly as good as the best.
    private static final double NEARLY = 0.7;
    private static final double NEARLY_BLOCK = 0.85;
    private static final double FOLLOWS = 0.25;
    private static final double SAME_PASSAGE = 0.05;

    private static final Pattern IMPORT = Pattern.compile("^\\s*(?:import|from|#include|using|package|use)\\s");

    private final Relevance relevance;
    private final Evidence evidence;
    private final Kind kind;
    private final List<Excerpt> chosen = new ArrayList<>();

    private Composition(Relevance relevance, Evidence evidence, Kind kind) {
        this.relevance = relevance;
        this.evidence = evidence;
        this.kind = kind;
    }

    /// The excerpts to quote, in order; empty where none fits.
    static List<Excerpt> of(List<Excerpt> excerpts, Relevance relevance, Evidence evidence, Kind kind) {
        var composition = new Composition(relevance, evidence, kind);
        composition.choose(excerpts.stream().filter(Composition::isQuotable).toList());
        return composition.ordered();
    }

    private static boolean isQuotable(Excerpt excerpt) {
        if (excerpt.heading().isOfExercises()) {
            return false;
        }
        if (!excerpt.isBlock()) {
            return excerpt.words() <= WORDS;
        }
        return !isPreamble(excerpt)
                && excerpt.words() <= BLOCK_WORDS
                && excerpt.lines().size() <= BLOCK_LINES;
    }

    /// Code that only fetches names shows nothing.
    private static boolean isPreamble(Excerpt excerpt) {
        return excerpt.form() == Form.CODE
                && excerpt.lines().stream()
                        .allMatch(l -> l.isBlank() || IMPORT.matcher(l).find());
    }

    private void choose(List<Excerpt> excerpts) {
        double best = 0;
        while (room() > 0) {
            Excerpt next = excerpts.stream()
                    .filter(this::fits)
                    .max(Comparator.comparingDouble(this::worth))
                    .orElse(null);
            if (next == null
                    || worth(next) < best * (next.isBlock() ? NEARLY_BLOCK : NEARLY)
                    || evidence.coverage(next) == 0) {
                return;
            }
            best = chosen.isEmpty() ? worth(next) : best;
            chosen.add(next);
        }
    }

    private int room() {
        return PIECES - chosen.stream().mapToInt(e -> e.isBlock() ? 2 : 1).sum();
    }

    private boolean fits(Excerpt excerpt) {
        int words = chosen.stream().mapToInt(Excerpt::words).sum();
        return words + excerpt.words() <= WORDS
                && (chosen.isEmpty() || !excerpt.isBlock() || room() > 1)
                && chosen.stream().noneMatch(c -> repeats(c, excerpt))
                && (chosen.isEmpty() || adds(excerpt));
    }

    /// Something new on what is asked: a further term of it, or the sentence that goes on from a chosen one.
    private boolean adds(Excerpt excerpt) {
        Set<String> said =
                chosen.stream().flatMap(c -> evidence.termsIn(c).stream()).collect(Collectors.toSet());
        return follows(excerpt)
                || !said.containsAll(evidence.termsIn(excerpt))
                || (kind != Kind.DEFINITION && evidence.coverage(excerpt) > 0.6);
    }

    private boolean follows(Excerpt excerpt) {
        return chosen.stream()
                .anyMatch(c -> c.source().equals(excerpt.source()) && c.position() + 1 == excerpt.position());
    }

    private double worth(Excerpt excerpt) {
        double worth = relevance.of(excerpt);
        if (follows(excerpt)) {
            worth += FOLLOWS;
        } else if (chosen.stream().anyMatch(c -> c.source().equals(excerpt.source()))) {
            worth += SAME_PASSAGE;
        }
        return worth;
    }

    private static boolean repeats(Excerpt one, Excerpt other) {
        Set<String> common = new HashSet<>(one.terms());
        common.retainAll(other.terms());
        int smaller = Math.min(one.terms().size(), other.terms().size());
        return smaller == 0 || common.size() >= 0.7 * smaller;
    }

    /// Passages in the order in which they were first needed, each in its own order.
    private List<Excerpt> ordered() {
        List<Integer> sources =
                chosen.stream().map(e -> e.source().number()).distinct().toList();
        List<Excerpt> answer = new ArrayList<>(chosen.stream()
                .sorted(Comparator.<Excerpt>comparingInt(
                                e -> sources.indexOf(e.source().number()))
                        .thenComparingInt(Excerpt::position))
                .toList());
        for (int i = 0; i < answer.size(); i++) {
            Excerpt excerpt = answer.get(i);
            boolean opens = i == 0 || !answer.get(i - 1).source().equals(excerpt.source());
            if (opens && !excerpt.isBlock() && evidence.needsHeading(excerpt)) {
                answer.set(i, excerpt.titled());
            }
        }
        return answer;
    }
}
