package dev.lectern.answer;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// How much a question lives on what was said before it, as far as its words tell.
enum Dependence {
    /// It says itself what it asks about.
    NONE,
    /// Its few words may be all there is to say, or not.
    POSSIBLE,
    /// It points back, goes on, or names nothing.
    LIKELY;

    private static final int FEW_WORDS = 2;
    private static final int FEW_WORDS_BESIDE_A_REFERENCE = 5;

    private static final Pattern SHORT_IS = Pattern.compile("\\b(what|who|how|where|when|why)['’]s\\b");
    private static final Pattern POSSESSIVE = Pattern.compile("['’]s\\b");
    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}_'’-]+");

    /// A question of what something is names it.
    private static final Pattern DEFINITION = Pattern.compile(
            "(?:what|who) (?:is|are|was|were|does|do) .*|(?:define|explain|describe|(?:tell me|explain) about) .*");

    /// Words that point at something said before.
    private static final Set<String> REFERENCES = words("""
            it its they them their this that these those he she one ones former latter same such there again instead
            otherwise
            """);

    /// What a question may begin with when it goes on from another.
    private static final Set<String> OPENINGS = words("and but or so also then ok okay well now please yes no thanks");

    private static final Set<String> QUESTION_WORDS = words("what which who whom whose when where why how");

    /// What else a whole question or request begins with.
    private static final Set<String> ASKING = words("""
            is are was were does do did can could should would will has have may must define explain describe tell give
            show list name compare
            """);

    private static final Set<String> PREPOSITIONS =
            words("for in on at with without by from of to into under over after before during between");

    /// Words that say nothing about what is asked.
    private static final Set<String> WITHOUT_CONTENT = words("""
            a about all also an and any are aren't as at be been but by can can't could detail details did do does
            doesn't don't else example examples explain for from give had happen happened happens has have how i if in
            into is isn't just long many me mean means more much my next no not now of ok okay on or please should show
            so some tell than thanks the then to too us was we well were what when where which who why will with won't
            work works would yes you your
            """);

    /// What is always something's, and means nothing where it is not said whose.
    private static final Set<String> SOMETHINGS = words("""
            advantage advantages alternative alternatives benefit benefits cause causes consequence consequences
            default defaults difference differences disadvantage disadvantages drawback drawbacks downside limit limits
            maximum minimum option options purpose reason reasons result risk risks size step steps value
            """);

    static Dependence of(String question) {
        List<String> words = split(question);
        List<String> own = words.stream().dropWhile(OPENINGS::contains).toList();
        List<String> content = own.stream().filter(Dependence::hasContent).toList();
        boolean asks = asks(own);
        boolean pointsBack = pointsBack(own);
        boolean goesOn = startsAbout(own) || (!asks && own.size() < words.size());
        if (content.isEmpty()
                || (content.size() <= FEW_WORDS_BESIDE_A_REFERENCE && (pointsBack || goesOn))
                || (content.size() <= FEW_WORDS && (isFragment(own, asks) || isOfSomething(own, content)))) {
            return LIKELY;
        }
        boolean defines = DEFINITION.matcher(String.join(" ", own)).matches();
        return content.size() <= FEW_WORDS && !defines ? POSSIBLE : NONE;
    }

    private static boolean hasContent(String word) {
        return !REFERENCES.contains(word) && !WITHOUT_CONTENT.contains(word);
    }

    private static boolean asks(List<String> words) {
        return words.stream().anyMatch(QUESTION_WORDS::contains)
                || (!words.isEmpty() && ASKING.contains(words.getFirst()));
    }

    private static boolean startsAbout(List<String> words) {
        return words.size() > 2
                && QUESTION_WORDS.contains(words.getFirst())
                && words.get(1).equals("about");
    }

    /// A question word with one other ("Which port?"), or what only goes on from a sentence ("For a larger compute?").
    private static boolean isFragment(List<String> words, boolean asks) {
        return (words.size() == 2 && QUESTION_WORDS.contains(words.getFirst()))
                || (!asks && PREPOSITIONS.contains(words.getFirst()));
    }

    private static boolean isOfSomething(List<String> words, List<String> content) {
        return SOMETHINGS.containsAll(content)
                && content.stream().noneMatch(word -> isIndefinite(words, words.indexOf(word)));
    }

    private static boolean pointsBack(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            if (REFERENCES.contains(words.get(i))) {
                return !isExplained(words, i);
            }
        }
        return false;
    }

    /// Whether a word that could point back means something in the question itself: "the code that tells", "are there",
    /// "such as", or anything after a thing that the question brings up, "a cold start and how long it takes".
    private static boolean isExplained(List<String> words, int i) {
        String before = i == 0 ? "" : words.get(i - 1);
        String after = i + 1 == words.size() ? "" : words.get(i + 1);
        return switch (words.get(i)) {
                    case "that", "those" -> !after.isEmpty() && hasContent(before) && !before.isEmpty();
                    case "there" -> Set.of("is", "are", "was", "were").contains(before);
                    case "such" -> after.equals("as");
                    default -> false;
                }
                || (i > 0 && hasIndefinite(words.subList(0, i)));
    }

    private static boolean hasIndefinite(List<String> words) {
        return IntStream.range(0, words.size()).anyMatch(i -> hasContent(words.get(i)) && isIndefinite(words, i));
    }

    private static boolean isIndefinite(List<String> words, int i) {
        return i > 0 && (words.get(i - 1).equals("a") || words.get(i - 1).equals("an"));
    }

    private static List<String> split(String question) {
        String spelled = SHORT_IS.matcher(question.toLowerCase(Locale.ROOT)).replaceAll("$1 is");
        return WORD_BREAK
                .splitAsStream(POSSESSIVE.matcher(spelled).replaceAll("").replace('’', '\''))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }
}
