package dev.lectern.answer;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Question;
import dev.lectern.limits.AnswerShare;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The answers in the making in this process.
final class Generations {

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Semaphore room;
    private final Supplier<AnswerShare> shares;
    private final Set<Generation> running = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<UUID, Generation> byAnswer = new ConcurrentHashMap<>();
    private final ConcurrentMap<Claim, Generation> byKey = new ConcurrentHashMap<>();

    private volatile boolean draining;

    /// @param most how many answers are made at the same time
    /// @param shares takes the part of an answer that is asked for on the calling thread
    Generations(int most, Supplier<AnswerShare> shares) {
        this.room = new Semaphore(most);
        this.shares = shares;
    }

    private record Claim(ReaderId reader, IdempotencyKey key) {}

    /// A new generation, which holds the question's key until it finishes.
    ///
    /// @throws ProblemException 409 or 422 if another one holds the key, 429 if the one who asks has too many
    /// already, 503 if there are too many of all, or Lectern shuts down
    Generation begin(Question question) {
        AnswerShare share = shares.get();
        if (!room.tryAcquire()) {
            share.giveBack();
            throw tooMany();
        }
        Generation generation = new Generation(question, share);
        // Seen by a drain that began since, or else sees that one began.
        running.add(generation);
        if (draining) {
            leave(generation);
            throw shuttingDown();
        }
        Claim claim = claim(question);
        Generation holder = claim == null ? null : byKey.putIfAbsent(claim, generation);
        if (holder != null) {
            leave(generation);
            throw holder.answers(question) ? running() : IdempotencyKey.reused();
        }
        return generation;
    }

    /// From now on the generation can be stopped by the id of its answer.
    void open(Generation generation, UUID answer) {
        byAnswer.put(answer, generation);
    }

    /// @param answer the id that [#open] was told, or any where it was not called
    void finish(Generation generation, Question question, UUID answer) {
        byAnswer.remove(answer, generation);
        Claim claim = claim(question);
        if (claim != null) {
            byKey.remove(claim, generation);
        }
        leave(generation);
    }

    /// @throws ProblemException 404 if the conversation has no such answer in the making here
    void stop(ReaderId reader, UUID conversation, UUID answer) {
        Generation generation = find(reader, conversation, answer);
        if (generation == null) {
            throw ProblemException.notFound("No answer with this id is being written");
        }
        generation.end(Generation.Cause.STOPPED);
    }

    /// Whether the conversation has such an answer in the making here. Another's is as one that there is not.
    boolean isRunning(ReaderId reader, UUID conversation, UUID answer) {
        return find(reader, conversation, answer) != null;
    }

    private @Nullable Generation find(ReaderId reader, UUID conversation, UUID answer) {
        Generation generation = byAnswer.get(answer);
        return generation != null && generation.belongsTo(reader, conversation) ? generation : null;
    }

    /// Lets nothing begin any more, and what runs come to its end, for at most `grace`; and then ends it, for at most
    /// `farewell`.
    void drain(Duration grace, Duration farewell) throws InterruptedException {
        draining = true;
        if (!await(grace)) {
            running.forEach(generation -> generation.end(Generation.Cause.STOPPED));
            await(farewell);
        }
    }

    private boolean await(Duration limit) throws InterruptedException {
        try {
            CompletableFuture.allOf(running.stream().map(Generation::finished).toArray(CompletableFuture[]::new))
                    .get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void leave(Generation generation) {
        if (running.remove(generation)) {
            room.release();
            generation.share().giveBack();
        }
        generation.finished().complete(null);
    }

    static ProblemException running() {
        return ProblemException.conflict(
                "request-running",
                "The request is still running",
                "The same request is being answered; try again when it has ended",
                RETRY);
    }

    private static ProblemException tooMany() {
        return new ProblemException(Problem.of(
                        503,
                        "too-many-answers",
                        "Too many answers are being written",
                        "As many questions are being answered as can be at a time; ask again in a moment")
                .retryingAfter(RETRY));
    }

    private static ProblemException shuttingDown() {
        return new ProblemException(Problem.of(
                        503,
                        "shutting-down",
                        "The server is shutting down",
                        "No new question is taken here; ask again in a moment")
                .retryingAfter(RETRY));
    }

    private static @Nullable Claim claim(Question question) {
        IdempotencyKey key = question.key();
        return key == null ? null : new Claim(question.reader(), key);
    }
}
