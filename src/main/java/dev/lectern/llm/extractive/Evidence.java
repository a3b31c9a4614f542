package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.extractive.Excerpt.Form;
import dev.lectern.llm.extractive.Question.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// How much of a question the passages speak of, and whether that is enough for an answer.
///
/// A term weighs the more, the fewer stretches of the passages have it: a word that every passage of a book on robots
/// has, such as *robot*, proves little, and a word that none of them has weighs most.
final class Evidence {

    /// What a word of the heading right above counts for the text below it, and a word of the headings above that.
    private static final double IN_HEADING = 0.6;

    private static final double IN_OUTER_HEADING = 0.4;

    /// What a word of code counts where no code is asked for: identifiers borrow words from everywhere.
    private static final double IN_CODE = 0.6;

    private static final double WEAK = 0.3;

    private static final Pattern ASKING = Pattern.compile("(?i)^(?:what|why|how|when|where|which|who)\\b");

    /// The answer is refused where similarity plus this share of the coverage stays below the threshold.
    ///
    /// Chosen on 532 pairs of a question and a book (a textbook on robotics and the handbook, with BGE-small). From
    /// the 5th to the 95th percentile, answerable questions have a similarity of 0.61 to 0.87 and a coverage of
    /// 0.45 to 1, questions of other subjects 0.46 to 0.65 and 0 to 0.44. At the threshold 109 of 115 answerable
    /// questions are answered, and 9 of the 417 others.
    private static final double COVERAGE_SHARE = 0.2;

    private static final double THRESHOLD = 0.77;

    private final Kind kind;
    private final Map<String, Double> weights = new LinkedHashMap<>();
    private final double whole;
    private final double similarity;

    Evidence(Question question, List<Source> sources, List<Excerpt> excerpts) {
        kind = question.kind();
        double n = excerpts.size() + 1.0;
        question.terms().forEach((term, share) -> {
            long having =
                    excerpts.stream().filter(e -> e.terms().contains(term)).count();
            double rarity = Math.log1p(n / (having + 0.5)) / Math.log1p(n / 0.5);
            weights.put(term, share * rarity * (Terms.isWeak(term) ? WEAK : 1));
        });
        whole = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        similarity = sources.stream().mapToDouble(Source::similarity).max().orElse(0);
    }

    /// Whether the passages speak of what is asked.
    boolean supports(List<Excerpt> excerpts) {
        double coverage = excerpts.stream().mapToDouble(this::coverage).max().orElse(0);
        return coverage > 0 && similarity + COVERAGE_SHARE * coverage >= THRESHOLD;
    }

    /// The share of the question's weight that an excerpt and its headings have, 0 to 1.
    double coverage(Excerpt excerpt) {
        Heading above = excerpt.heading();
        double own = excerpt.form() == Form.CODE && kind != Kind.HOW_TO ? IN_CODE : 1;
        // A block that nothing introduces is introduced by its heading.
        double nearest = excerpt.isBlock() && excerpt.lead().isEmpty() ? own : IN_HEADING;
        double sum = 0;
        for (var term : weights.entrySet()) {
            if (excerpt.terms().contains(term.getKey())) {
                sum += term.getValue() * own;
            } else if (above.terms().contains(term.getKey())) {
                sum += term.getValue() * nearest;
            } else if (above.outer().contains(term.getKey())) {
                sum += term.getValue() * IN_OUTER_HEADING;
            }
        }
        return whole == 0 ? 0 : sum / whole;
    }

    /// Whether an excerpt can hardly be understood without its heading: a heading that names something of the question
    /// which an item does not, or a sentence that has nothing of it.
    boolean needsHeading(Excerpt excerpt) {
        List<String> telling =
                weights.keySet().stream().filter(t -> !Terms.isWeak(t)).toList();
        boolean adds = telling.stream()
                .anyMatch(t -> !excerpt.terms().contains(t)
                        && excerpt.heading().terms().contains(t));
        return adds
                && !ASKING.matcher(excerpt.heading().text()).find()
                && (excerpt.form() == Form.ITEM || telling.stream().noneMatch(excerpt.terms()::contains));
    }

    /// The question's terms that an excerpt has itself.
    List<String> termsIn(Excerpt excerpt) {
        return weights.keySet().stream().filter(excerpt.terms()::contains).toList();
    }

    /// The highest similarity of a passage.
    double similarity() {
        return similarity;
    }
}
