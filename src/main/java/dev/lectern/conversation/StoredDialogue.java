package dev.lectern.conversation;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.DialogueDao.Claim;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/// Questions and answers in PostgreSQL, with the claims that keys make on them.
final class StoredDialogue implements Dialogue {

    /// After the contract: keys live 24 h.
    private static final Duration LIFE_OF_A_KEY = Duration.ofHours(24);

    private static final int LONGEST_TITLE = 80;

    private final DialogueDao dao;
    private final InstantSource clock;
    private final Duration lease;
    private final UUID holder;

    /// @param lease how long nobody else may answer a keyed question that is not answered yet
    /// @param holder names this process among those that use the database at the same time
    StoredDialogue(DialogueDao dao, InstantSource clock, Duration lease, UUID holder) {
        this.dao = dao;
        this.clock = clock;
        this.lease = lease;
        this.holder = holder;
    }

    @Override
    public Opening open(Question question) {
        Instant now = now();
        IdempotencyKey key = question.key();
        Claim claim = key == null
                ? null
                : new Claim(
                        key.value(), RequestFingerprint.of(question), holder, now.plus(lease), now.plus(LIFE_OF_A_KEY));
        return dao.open(question, title(question), now, claim);
    }

    @Override
    public Optional<Answer> answered(Question question) {
        IdempotencyKey key = question.key();
        return key == null
                ? Optional.empty()
                : dao.answered(question.reader(), key.value(), RequestFingerprint.of(question), now());
    }

    @Override
    public boolean store(Question question, Answer answer) {
        IdempotencyKey key = question.key();
        return dao.store(question.reader(), key == null ? null : key.value(), title(question), answer, now())
                .orElseThrow(
                        () -> ProblemException.notFound("the conversation was deleted before its answer was complete"));
    }

    @Override
    public Optional<Answer> answer(ReaderId reader, UUID answerId) {
        return dao.answer(reader, answerId);
    }

    /// As precise as PostgreSQL keeps it.
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// The beginning of a question, as the title of a conversation that has none.
    private static String title(Question question) {
        String line = question.text().strip().replaceAll("\\s+", " ");
        if (line.codePointCount(0, line.length()) <= LONGEST_TITLE) {
            return line;
        }
        String cut = line.substring(0, line.offsetByCodePoints(0, LONGEST_TITLE - 1));
        int word = cut.lastIndexOf(' ');
        return (word > LONGEST_TITLE / 2 ? cut.substring(0, word) : cut) + "…";
    }
}
