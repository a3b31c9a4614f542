package dev.lectern.answer;

import dev.lectern.conversation.Opening.Turn;
import dev.lectern.llm.LanguageModel;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// How a question is to be read after others: "And how long does it take?" finds nothing by itself and is searched
/// together with the reader's last question that stands by itself and was answered, while "What is a permit?" means the
/// same whatever was said before.
final class FollowUp {

    /// One way to read a question.
    ///
    /// @param words what to search for
    /// @param turns what was said before, oldest first; empty where the question is to be read without it
    record Reading(String words, List<Turn> turns) {}

    private FollowUp() {}

    /// The ways to read a question, the likeliest first. The next is for where the passages of one do not answer.
    ///
    /// @param turns oldest first
    static List<Reading> readings(String question, List<Turn> turns) {
        Reading alone = new Reading(question, turns);
        return earlier(turns)
                .map(text -> new Reading(text + "\n" + question, turns))
                .map(both -> switch (Dependence.of(question)) {
                    case NONE -> List.of(alone);
                    case POSSIBLE -> List.of(alone, both);
                    case LIKELY -> List.of(both, new Reading(question, List.of()));
                })
                .orElse(List.of(alone));
    }

    private static Optional<String> earlier(List<Turn> turns) {
        List<String> answered = IntStream.range(0, turns.size())
                .filter(i -> turns.get(i).byReader() && !isRefused(turns, i))
                .mapToObj(i -> turns.get(i).text())
                .toList()
                .reversed();
        return answered.stream()
                .filter(text -> Dependence.of(text) != Dependence.LIKELY)
                .findFirst()
                .or(() -> answered.stream().findFirst());
    }

    private static boolean isRefused(List<Turn> turns, int question) {
        return question + 1 < turns.size()
                && !turns.get(question + 1).byReader()
                && turns.get(question + 1).text().startsWith(LanguageModel.NO_ANSWER);
    }
}
