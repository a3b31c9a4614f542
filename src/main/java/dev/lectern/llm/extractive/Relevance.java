package dev.lectern.llm.extractive;

import dev.lectern.llm.extractive.Excerpt.Form;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How well an excerpt answers a question: its coverage, more where it has the form of an answer, less where it reads
/// badly by itself.
final class Relevance {

    private static final Pattern DEFINING = Pattern.compile("""
            (?x)^(?:In\\ [^,]{2,40},\\ )?(?:(?:An?|The)\\s+)?(.{2,80}?)\\s+
            (?:is|are|refers?\\ to|means?|describes?|deals?\\ with|posits?|denotes?|stands\\ for|represents?|provides?
            |consists?\\ of)\\b
            """);
    /// What a phrase can do without: a bracket, and what follows a preposition.
    private static final Pattern ADDITION =
            Pattern.compile("\\s*\\([^)]*\\)|(?<=\\S)\\s+(?:in|for|of|on|at|with|by|from|to)\\s.*");
    /// What stands below a term instead of a sentence about it.
    private static final Pattern GLOSS = Pattern.compile("^(?:The|An?|\\p{Lu}\\p{L}+ing)\\s");
    private static final Pattern RELATIVE = Pattern.compile("\\b(?:that|which|who|whose|where|when|if)\\b");
    private static final Pattern TERM_AND_GLOSS = Pattern.compile("^(.{2,60}?)\\s*(?::|\\s[–—-]\\s)\\s*\\S.*");
    private static final Pattern INSTRUCTING = Pattern.compile("""
            (?xi)^(?:(?:first|then|next|now|finally|also|to\\ [^,]{3,60}),?\\ )?(?:\\w+\\ )?
            (?:use|run|create|add|install|open|set|build|call|define|source|navigate|update|start|connect|write|put
            |insert|download|flash|configure|check|make\\ sure|choose|click|enter|type|execute)\\b
            """);
    private static final Pattern DEPENDENT = Pattern.compile("""
            (?x)^(?:This|It|They|These|Those|Such|However|Also|For\\ example|For\\ instance|Therefore|Thus|Here|He|She
            |Its|Their|But|And|Instead|In\\ contrast|That)\\b
            """);

    /// What speaks of the book instead of its subject.
    private static final Pattern OF_THE_BOOK = Pattern.compile("""
            (?xi)\\b(?:by\\ the\\ end\\ of|you(?:['’]ll|\\ will|\\ should)?\\ (?:learn|understand|be\\ able)
            |learning\\ (?:objective|outcome)s?|in\\ this\\ (?:chapter|section|module|lesson|part|week|course|book)
            |this\\ (?:chapter|section|module|lesson|course)\\ |we['’]ll\\b|we\\ will\\b|let['’]s\\b
            |as\\ (?:we\\ )?(?:saw|seen|mentioned|discussed))
            """);
    private static final Pattern OBJECTIVE = Pattern.compile("""
            (?xi)^(?:define|understand|describe|explain|identify|learn|explore|discuss|recogni[sz]e|demonstrate|apply
            |compare)\\b
            """);
    private static final Pattern FUNCTION_WORD = Pattern.compile("""
            (?xi)\\b(?:the|of|a|an|to|and|is|are|in|for|with|that|by|on|as|it|or|from|which|can|be|this|between
            |through|into)\\b
            """);
    private static final Pattern COMPARING =
            Pattern.compile("(?i)\\b(?:differen\\w*|differs?|versus|vs|compar\\w+|than)\\b");

    private final Question question;
    private final Evidence evidence;
    private final boolean comparing;
    private final Set<String> subject;

    Relevance(Question question, Evidence evidence, String wording) {
        this.question = question;
        this.evidence = evidence;
        this.comparing = COMPARING.matcher(wording).find();
        this.subject = Set.copyOf(
                question.terms().keySet().stream().filter(t -> !Terms.isWeak(t)).toList());
    }

    double of(Excerpt excerpt) {
        return evidence.coverage(excerpt)
                + fitness(excerpt)
                - awkwardness(excerpt)
                + (excerpt.source().similarity() - evidence.similarity())
                - 0.01 * excerpt.source().number();
    }

    private double fitness(Excerpt excerpt) {
        Form form = excerpt.form();
        return switch (question.kind()) {
                    case DEFINITION -> defines(excerpt) - (form == Form.CODE ? 0.4 : excerpt.isBlock() ? 0.15 : 0);
                    case HOW_TO ->
                        switch (form) {
                            case STEPS -> 0.3;
                            case CODE -> 0.25;
                            case SENTENCE, ITEM ->
                                INSTRUCTING.matcher(excerpt.text()).find() ? 0.2 : 0;
                            case LIST, TABLE -> 0;
                        };
                    case LISTING -> form == Form.LIST || form == Form.STEPS ? 0.3 : Math.max(0, defines(excerpt) - 0.1);
                    case QUANTITY ->
                        (excerpt.text().matches("(?s).*\\d.*") ? 0.25 : -0.1) - (excerpt.isBlock() ? 0.2 : 0);
                    case OTHER -> form == Form.CODE ? -0.3 : excerpt.isBlock() ? -0.1 : 0;
                }
                + (comparing
                                && (form == Form.TABLE
                                        || COMPARING.matcher(excerpt.text()).find())
                        ? 0.25
                        : 0);
    }

    /// A sentence that says what the subject is, or stands first below a heading that names it.
    private double defines(Excerpt excerpt) {
        if (subject.isEmpty() || excerpt.isBlock()) {
            return 0;
        }
        String text = excerpt.lines().getFirst();
        var defining = DEFINING.matcher(text);
        if (defining.find() && !RELATIVE.matcher(defining.group(1)).find()) {
            return 0.5 * sameness(defining.group(1), excerpt);
        }
        var glossed = TERM_AND_GLOSS.matcher(text);
        if (glossed.find()) {
            return 0.4 * sameness(glossed.group(1), excerpt);
        }
        if (!excerpt.opens()) {
            return 0;
        }
        boolean gloss = GLOSS.matcher(text).find() && subject.stream().noneMatch(excerpt.terms()::contains);
        return (gloss ? 0.55 : 0.3) * sameness(excerpt.heading().text(), excerpt);
    }

    /// How much a phrase is the subject and nothing else: 1 where it is. Less where the sentence or its headings
    /// name the rest of the subject (*In ROS 2, a node is*), or where it has more words before (*NVIDIA Isaac Sim*
    /// for *Isaac Sim*). Little where its last word is another, since a key for idempotency is not idempotency.
    private double sameness(String phrase, Excerpt excerpt) {
        List<String> terms = Terms.content(ADDITION.matcher(phrase).replaceAll(""));
        if (terms.stream().noneMatch(subject::contains) || !subject.stream().allMatch(t -> isNear(t, excerpt))) {
            return 0;
        }
        long more = terms.stream()
                .distinct()
                .filter(t -> !subject.contains(t) && !Terms.isWeak(t))
                .count();
        if (more == 0) {
            return Set.copyOf(terms).containsAll(subject) ? 1 : 0.7;
        }
        return subject.contains(terms.getLast()) && more <= 2 ? 0.6 : 0.2;
    }

    private static boolean isNear(String term, Excerpt excerpt) {
        return excerpt.terms().contains(term)
                || excerpt.heading().terms().contains(term)
                || excerpt.heading().outer().contains(term);
    }

    private static double awkwardness(Excerpt excerpt) {
        String text = excerpt.text();
        int words = excerpt.words();
        String start = excerpt.lines().getFirst();
        boolean foreign = words >= 8
                && excerpt.form() != Form.CODE
                && FUNCTION_WORD.matcher(text).results().count() * 12 < words;
        List<Double> costs = List.of(
                foreign ? 0.15 : 0,
                excerpt.form() != Form.SENTENCE && OBJECTIVE.matcher(start).find() ? 0.25 : 0,
                text.endsWith("?") ? 0.5 : 0,
                words < 4 ? 0.25 : words < 7 ? 0.1 : 0,
                words > 50 ? 0.2 : 0,
                isDependent(excerpt) ? 0.15 : 0,
                OF_THE_BOOK.matcher(text).find() ? 0.3 : 0);
        return costs.stream().mapToDouble(Double::doubleValue).sum();
    }

    /// Whether an excerpt cannot be understood without the one before.
    static boolean isDependent(Excerpt excerpt) {
        return DEPENDENT.matcher(excerpt.text()).find();
    }
}
