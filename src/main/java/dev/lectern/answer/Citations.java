package dev.lectern.answer;

import dev.lectern.book.Passage;
import dev.lectern.conversation.Citation;
import dev.lectern.retrieval.CitedSnippet;
import dev.lectern.retrieval.Hit;
import java.util.List;

/// The passages that a text refers to as `[1]` or `[1, 2]`. Only these are listed, with the numbers that the text has;
/// a number that no passage has is nothing. Each shows the stretch of its passage that the text refers to it for.
final class Citations {

    private Citations() {}

    /// @param hits the passage of number 1 first
    static List<Citation> of(String text, List<Hit> hits) {
        return CitedSentences.of(text).entrySet().stream()
                .filter(cited -> cited.getKey() >= 1 && cited.getKey() <= hits.size())
                .map(cited -> citation(cited.getKey(), hits.get(cited.getKey() - 1), cited.getValue()))
                .toList();
    }

    private static Citation citation(int n, Hit hit, List<String> sentences) {
        Passage passage = hit.passage();
        return new Citation(
                n,
                passage.id(),
                passage.book(),
                passage.chapter(),
                passage.title(),
                passage.url(),
                passage.anchor(),
                CitedSnippet.of(passage.text(), sentences).orElse(hit.snippet()),
                hit.score());
    }
}
