package dev.lectern.answer;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Dialogue;
import dev.lectern.conversation.Opening;
import dev.lectern.conversation.Opening.Opened;
import dev.lectern.conversation.Opening.Turn;
import dev.lectern.conversation.Question;
import dev.lectern.problem.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What the contract of [Dialogue] promises, as far as one process can tell.
final class DialogueInMemory implements Dialogue {

    private record Claim(Question question, UUID conversation) {}

    private record Stored(ReaderId reader, Answer answer) {}

    final List<Question> opened = new CopyOnWriteArrayList<>();
    final Map<UUID, List<Turn>> turns = new ConcurrentHashMap<>();
    private final Map<UUID, ReaderId> owners = new ConcurrentHashMap<>();
    private final Map<UUID, String> books = new ConcurrentHashMap<>();
    private final Map<String, Claim> claims = new ConcurrentHashMap<>();
    private final Map<UUID, Stored> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<Answer> arrivals = new LinkedBlockingQueue<>();
    private volatile boolean openFails;
    private volatile boolean storeFails;

    DialogueInMemory with(UUID conversation, ReaderId owner, @Nullable String book) {
        owners.put(conversation, owner);
        if (book != null) {
            books.put(conversation, book);
        }
        return this;
    }

    void failing(boolean open, boolean store) {
        openFails = open;
        storeFails = store;
    }

    List<Answer> answers() {
        return answers.values().stream().map(Stored::answer).toList();
    }

    /// The next answer that is stored.
    Answer nextStored() throws InterruptedException {
        return Objects.requireNonNull(arrivals.poll(10, TimeUnit.SECONDS));
    }

    void forgetStored() {
        arrivals.clear();
    }

    @Override
    public Opening open(Question question) {
        fail(openFails);
        if (!question.newConversation() && !question.reader().equals(owners.get(question.conversation()))) {
            return new Opening.NoConversation();
        }
        Claim claim = new Claim(question, question.conversation());
        if (question.key() != null) {
            String scope = question.reader() + "/" + question.key();
            Claim held = claims.putIfAbsent(scope, claim);
            if (held != null && !held.question.text().equals(question.text())) {
                return new Opening.KeyReused();
            }
            Stored stored = held == null ? null : answers.get(held.question.answerId());
            if (stored != null) {
                return new Opening.Answered(stored.answer);
            }
            claim = held == null ? claim : held;
        }
        opened.add(question);
        if (question.newConversation()) {
            with(claim.conversation, question.reader(), question.book());
        }
        List<Turn> before = turns.computeIfAbsent(claim.conversation, _ -> new ArrayList<>());
        List<Turn> recent = List.copyOf(before);
        before.add(new Turn(true, question.text()));
        return new Opened(
                claim.conversation,
                claim.question.id(),
                claim.question.answerId(),
                books.get(claim.conversation),
                recent);
    }

    @Override
    public Optional<Answer> answered(Question question) {
        fail(openFails);
        return Optional.ofNullable(claims.get(question.reader() + "/" + question.key()))
                .filter(claim -> claim.question.text().equals(question.text()))
                .map(claim -> answers.get(claim.question.answerId()))
                .map(Stored::answer);
    }

    @Override
    public boolean store(Question question, Answer answer) {
        fail(storeFails);
        Stored before = answers.putIfAbsent(answer.id(), new Stored(question.reader(), answer));
        arrivals.add(answer);
        return before == null || before.answer.content().equals(answer.content());
    }

    @Override
    public Optional<Answer> answer(ReaderId reader, UUID answerId) {
        fail(openFails);
        return Optional.ofNullable(answers.get(answerId))
                .filter(stored -> stored.reader.equals(reader))
                .map(Stored::answer);
    }

    private static void fail(boolean unavailable) {
        if (unavailable) {
            throw new UnavailableException("database-down", "It is down.", Duration.ofMillis(1_500), null);
        }
    }
}
