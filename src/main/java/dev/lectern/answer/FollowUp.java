package dev.lectern.answer;

import dev.lectern.conversation.Opening.Turn;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Words to search for when a question lives on what was asked before: "And how long does it take?" finds nothing by
/// itself. Such a question is searched together with the reader's last one that has content of its own.
final class FollowUp {

    private static final int FEW_WORDS = 2;
    private static final int FEW_WORDS_BESIDE_A_REFERENCE = 5;

    private static final Pattern WORD_BREAK = Pattern.compile("[^\\p{L}\\p{N}_'’-]+");

    /// Words that point at something said before.
    private static final Set<String> REFERENCES = Set.of(
            "it",
            "its",
            "they",
            "them",
            "their",
            "this",
            "that",
            "these",
            "those",
            "he",
            "she",
            "one",
            "ones",
            "former",
            "latter",
            "same",
            "such",
            "there",
            "again",
            "instead",
            "otherwise");

    /// Words that say nothing about what is asked.
    private static final Set<String> WITHOUT_CONTENT = Set.of(
            "a", "about", "all", "also", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can",
            "could", "detail", "did", "do", "does", "else", "example", "explain", "for", "from", "give", "had", "has",
            "have", "how", "i", "if", "in", "into", "is", "just", "long", "many", "me", "mean", "more", "much", "my",
            "no", "not", "of", "ok", "on", "or", "please", "should", "show", "so", "some", "tell", "than", "thanks",
            "the", "then", "to", "too", "us", "was", "we", "were", "what", "when", "where", "which", "who", "why",
            "will", "with", "would", "yes", "you", "your");

    private FollowUp() {}

    /// @param turns oldest first
    static String words(String question, List<Turn> turns) {
        if (!needsContext(question)) {
            return question;
        }
        List<String> earlier =
                turns.stream().filter(Turn::byReader).map(Turn::text).toList().reversed();
        return earlier.stream()
                .filter(text -> !needsContext(text))
                .findFirst()
                .or(() -> earlier.stream().findFirst())
                .map(text -> text + "\n" + question)
                .orElse(question);
    }

    private static boolean needsContext(String question) {
        List<String> words = WORD_BREAK
                .splitAsStream(question.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
        long content = content(words).count();
        return content <= FEW_WORDS
                || (content <= FEW_WORDS_BESIDE_A_REFERENCE && words.stream().anyMatch(REFERENCES::contains));
    }

    private static Stream<String> content(List<String> words) {
        return words.stream().filter(word -> !REFERENCES.contains(word) && !WITHOUT_CONTENT.contains(word));
    }
}
