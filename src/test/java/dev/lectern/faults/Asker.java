package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/// A reader who asks the same question again and again, and remembers which answers were said to be saved. Answers come
/// also while the database is away, and then say so.
final class Asker {

    /// The deadline of a request, that of storing its answer, and the tenth of a second that a reply may be late.
    private static final Duration LATEST = Duration.ofMillis(2500 + 5000 + 100);

    private final Reader reader;
    private final AtomicInteger asked = new AtomicInteger();
    private final Queue<String> saved = new ConcurrentLinkedQueue<>();
    private final Queue<String> amiss = new ConcurrentLinkedQueue<>();

    Asker(Reader reader) {
        this.reader = reader;
    }

    void ask() {
        asked.incrementAndGet();
        long start = System.nanoTime();
        reader.ask("What is a permit?").ifPresent(reply -> {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            JsonNode answer = Reader.json(reply);
            if (!isHonest(answer) || took.compareTo(LATEST) > 0) {
                amiss.add(reply.statusCode() + " after " + took.toMillis() + " ms: " + answer);
            }
            if (answer.at("/saved").asBoolean()) {
                saved.add(answer.at("/id").asText());
            }
        });
    }

    /// Whether it is saved, or says why it is not and when to ask again; or a refusal, which only a Lectern that is
    /// about to stop may make.
    private static boolean isHonest(JsonNode answer) {
        return answer.at("/saved").asBoolean()
                || (answer.at("/saved").isBoolean()
                        && answer.at("/degraded/reason").asText().startsWith("database-")
                        && answer.at("/degraded/retry_after").asInt() > 0)
                || answer.at("/type").asText().equals("urn:lectern:problem:unavailable");
    }

    void assertHonest() {
        assertThat(asked).hasPositiveValue();
        assertThat(amiss)
                .as("answers that are late, or neither saved nor marked")
                .isEmpty();
    }

    /// Answers that were said to be saved and are not there.
    long lost() {
        Set<String> there = new HashSet<>(answers(reader.messages()));
        return saved.stream().filter(id -> !there.contains(id)).count();
    }

    /// Questions and answers that are there more often than they were asked and given.
    long doubled() {
        List<JsonNode> messages = reader.messages();
        List<String> answers = answers(messages);
        long questions = messages.size() - (long) answers.size();
        return Math.max(0, questions - asked.get())
                + answers.size()
                - Set.copyOf(answers).size();
    }

    private static List<String> answers(List<JsonNode> messages) {
        return messages.stream()
                .filter(message -> message.at("/role").asText().equals("assistant"))
                .map(message -> message.at("/id").asText())
                .toList();
    }
}
