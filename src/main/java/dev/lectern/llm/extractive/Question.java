package dev.lectern.llm.extractive;

import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Speaker;
import dev.lectern.llm.Prompt.Turn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What a reader wants to know.
///
/// @param kind what would be an answer
/// @param terms what it is about, in the reader's order; 1 for the question's own words, less for what the
///     conversation or the marked text adds
record Question(Kind kind, Map<String, Double> terms) {

    enum Kind {
        DEFINITION,
        HOW_TO,
        LISTING,
        QUANTITY,
        OTHER
    }

    /// What the conversation adds counts so much, and no more than so many words of a marked text are taken.
    private static final double CONTEXT = 0.5;

    private static final int MARKED_TERMS = 12;

    private static final Pattern DEFINITION = Pattern.compile("""
            (?xi)^\\W*(?:(?:so|and|but|ok|please)[,\\ ]+)*
            (?:what(?:['’]s|\\ is|\\ are|\\ was|\\ were|\\ does)|who\\ is|define|describe|explain
            |(?:please\\ )?tell\\ me\\ about|what\\ do\\ you\\ mean\\ by)\\b
            """);
    private static final Pattern HOW_TO = Pattern.compile("""
            (?xi)\\bhow\\ (?:(?:do|can|could|should|would|must)\\ (?:i|we|you|one)|to)\\b
            |\\b(?:steps?|commands?|code|instructions?)\\ (?:to|for)\\b
            """);
    private static final Pattern LISTING = Pattern.compile("""
            (?xi)\\b(?:which|list|enumerate|what\\ are|what\\ (?:kinds?|types?|sorts?))\\b
            |\\bwhat\\ (?!is\\b|was\\b|does\\b|happens\\b)\\w+s\\b
            """);
    private static final Pattern QUANTITY = Pattern.compile("""
            (?xi)\\bhow\\ (?:many|much|long|often|far|fast|large|big|high|wide|old)\\b|^\\W*when\\b
            """);
    /// What is left of orders is a question only if it asks.
    private static final Pattern ASKS = Pattern.compile(
            "(?i)\\?|\\b(?:what|how|why|which|who|when|where|explain|describe|define|tell me about)\\b");
    private static final Pattern LEANS = Pattern.compile(
            "(?i)\\b(?:they|them|theirs?|its?|this|that|these|those|he|she|there|former|latter|ones?)\\b");
    /// Names its subject, however general the word: *What is a compute?*
    private static final Pattern NAMES = Pattern.compile("""
            (?xi)\\b(?:(?:what|who)(?:['’]s|\\ is)\\ an?\\ \\w|define\\ \\w|what\\ does\\ (?!it\\b|this\\b|that\\b)\\S+\\ mean\\b)
            """);
    private static final Pattern COURTESY =
            Pattern.compile("(?i)\\W*(?:hello|hi|hey|thanks?(?: you)?|ok(?:ay)?|yes|no|please|great|bye)\\W*");
    private static final Pattern CONTINUES = Pattern.compile("""
            (?xi)^\\W*(?:and|but|or|also|so|then|what\\ about|how\\ about|why|more|else|go\\ on|continue)\\b
            """);

    static Question of(Prompt prompt) {
        String text = Orders.removedFrom(prompt.question());
        if (COURTESY.matcher(text).matches()
                || (!text.equals(prompt.question()) && !ASKS.matcher(text).find())) {
            return new Question(Kind.OTHER, Map.of());
        }
        Map<String, Double> terms = new LinkedHashMap<>();
        Terms.content(text).forEach(t -> terms.put(t, 1.0));
        long telling = terms.keySet().stream().filter(t -> !Terms.isWeak(t)).count();
        boolean leans = LEANS.matcher(text).find() || CONTINUES.matcher(text).find();
        boolean names = !terms.isEmpty() && NAMES.matcher(text).find();
        if (!names && (telling == 0 || (leans && telling <= 2))) {
            for (String term : context(prompt)) {
                terms.putIfAbsent(term, CONTEXT);
            }
        }
        return new Question(kind(text), terms);
    }

    private static List<String> context(Prompt prompt) {
        List<String> terms = new ArrayList<>();
        answered(prompt.turns()).stream()
                .map(before -> Terms.content(Orders.removedFrom(before)))
                .filter(before -> !before.isEmpty())
                .findFirst()
                .ifPresent(terms::addAll);
        String marked = prompt.selectedText();
        if (marked != null) {
            terms.addAll(Terms.content(Orders.removedFrom(marked)).stream()
                    .distinct()
                    .limit(MARKED_TERMS)
                    .toList());
        }
        return terms;
    }

    /// What the reader asked before and was not refused, the last first.
    private static List<String> answered(List<Turn> turns) {
        List<String> asked = new ArrayList<>();
        boolean refused = false;
        for (Turn turn : turns.reversed()) {
            if (turn.speaker() == Speaker.READER && !refused) {
                asked.add(turn.text());
            }
            refused = turn.speaker() == Speaker.ASSISTANT && turn.text().startsWith(LanguageModel.NO_ANSWER);
        }
        return asked;
    }

    private static Kind kind(String text) {
        if (QUANTITY.matcher(text).find()) {
            return Kind.QUANTITY;
        }
        if (HOW_TO.matcher(text).find()) {
            return Kind.HOW_TO;
        }
        if (LISTING.matcher(text).find()) {
            return Kind.LISTING;
        }
        return DEFINITION.matcher(text).find() ? Kind.DEFINITION : Kind.OTHER;
    }
}
