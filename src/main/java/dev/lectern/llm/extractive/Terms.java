package dev.lectern.llm.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.tartarus.snowball.ext.EnglishStemmer;

/// Words as they are compared: lower-case stems, with identifiers taken apart, so that `ros2`, `ROS 2` and `Ros2Node`
/// meet.
final class Terms {

    private static final Pattern PART = Pattern.compile("\\p{Lu}?\\p{Ll}+|\\p{Lu}+(?!\\p{Ll})|\\p{L}+|\\p{N}+");
    private static final Pattern APOSTROPHE = Pattern.compile("['’](s|t|re|ve|ll|d|m)\\b");

    /// Words that say nothing of what a text is about, and the words that questions are made of.
    private static final Set<String> STOP = words("""
            a about above across actually after again all almost along already also although am among an and another
            any anyone anything are aren around as at away be because been before being below between both but
            by came can cannot could couldn did didn do does doesn doing don done down during each either else ever
            every exactly few find for from further get gets getting give given gives go goes going got had has have
            having he hello help her here hers hey hi him his how however i if in into is isn it its itself just
            know let like ll look made make makes making many may maybe me mean meaning means might mine more most
            much must my neither no nor not now of off ok okay on once one ones only onto or other others our ours
            out over own people please put quite rather really said same say says see seem seems shall she should
            shouldn show shows since so some somebody someone something sort still such take takes tell than thank
            thanks that the their theirs them themselves then there these they thing things think this those though
            through thus till to together too toward under until up upon us using ve very via want wants was wasn
            way ways we well were what whatever when where whether which while who whom whose why will with within
            without won word words would wouldn yes yet you your yours book chapter page section course text author
            explain describe define definition discuss summarize summarise elaborate outline             understand talk detail details e g s t d m re
            """);

    /// Words that a question may have although no text about its subject repeats them.
    private static final Set<String> WEAK = stems("""
            use used uses usage work works working need needs needed require required requirements keep keeps happen
            happens differ difference different differences compare compared comparison versus kind kinds type types
            example examples list lists name names part parts main important importance useful purpose reason
            reasons role idea concept basic basics role advantage advantages benefit benefits disadvantage
            disadvantages good better new first last long often possible easy hard simple come run call called build
            create add set change start begin write read try stand consist include contain involve mention cover
            refer provide offer allow enable support come become affect handle deal made do perform learn teach
            choose select pick decide prevent avoid fix solve improve increase reduce measure term general typical
            common actual real step steps thing approach method methods technique techniques process problem
            problems issue issues matter available suitable needed case due ask asked question questions answer answers command compute computes calculate
            calculates people student students reader instead inside several various special specific two three
            """);

    private Terms() {}

    /// Everything that could be compared, in the order of the text, stop words too.
    static List<String> all(String text) {
        var stemmer = new EnglishStemmer();
        List<String> terms = new ArrayList<>();
        var parts = PART.matcher(APOSTROPHE.matcher(text).replaceAll(""));
        while (parts.find()) {
            terms.add(stem(stemmer, parts.group().toLowerCase(Locale.ROOT)));
        }
        return terms;
    }

    /// What a text is about: without stop words and single letters.
    static List<String> content(String text) {
        var stemmer = new EnglishStemmer();
        List<String> terms = new ArrayList<>();
        var parts = PART.matcher(APOSTROPHE.matcher(text).replaceAll(""));
        while (parts.find()) {
            String word = parts.group().toLowerCase(Locale.ROOT);
            if (!STOP.contains(word) && (word.length() > 1 || Character.isDigit(word.charAt(0)))) {
                terms.add(stem(stemmer, word));
            }
        }
        return terms;
    }

    /// Whether a term is so general, or so short a number, that its absence proves nothing.
    static boolean isWeak(String term) {
        return WEAK.contains(term) || (term.length() <= 2 && Character.isDigit(term.charAt(0)));
    }

    private static String stem(EnglishStemmer stemmer, String word) {
        stemmer.setCurrent(word);
        stemmer.stem();
        return stemmer.getCurrent();
    }

    private static Set<String> words(String list) {
        return Set.of(
                List.of(list.strip().split("\\s+", -1)).stream().distinct().toArray(String[]::new));
    }

    private static Set<String> stems(String list) {
        return Set.of(all(list).stream().distinct().toArray(String[]::new));
    }
}
