package dev.lectern.answer;

import dev.lectern.access.ReaderId;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Dialogue;
import dev.lectern.conversation.IdempotencyKey;
import dev.lectern.conversation.Opening;
import dev.lectern.conversation.Question;
import dev.lectern.limits.QuestionCount;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.UnavailableException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asking, in two steps: [#ask] refuses what cannot be answered, while a refusal can still be an HTTP status; [#write]
/// then takes as long as the language model does.
final class AnswerService {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerService.class);

    private static final int UNAVAILABLE = 503;

    private final KnownBooks books = new KnownBooks();
    private final Dialogue dialogue;
    private final Generations generations;
    private final AnswerWriter writer;
    private final LongSupplier nanoTime;

    /// @param nanoTime as [System#nanoTime()]
    AnswerService(Dialogue dialogue, Generations generations, AnswerWriter writer, LongSupplier nanoTime) {
        this.dialogue = dialogue;
        this.generations = generations;
        this.writer = writer;
        this.nanoTime = nanoTime;
    }

    /// Opens a question. Where the database cannot store it, it is answered all the same, and is not saved.
    ///
    /// @throws ProblemException 409 if the same request is running, 422 if its key was used for another one,
    ///     429 if the quota of the day is used up and the request was not answered before
    Asked ask(Question question) {
        Stopwatch stopwatch = new Stopwatch(nanoTime);
        Generation generation = generations.begin(question);
        Asked asked = null;
        try {
            asked = QuestionCount.current().isGranted()
                    ? asked(generation, question, stopwatch)
                    : answeredBefore(question);
            return asked;
        } finally {
            if (!(asked instanceof Asked.Fresh)) {
                generations.finish(generation, question, question.answerId());
            }
        }
    }

    /// Writes the answer and stores it.
    ///
    /// @throws ProblemException 503 if the language model fails and nothing stands in for it
    AnswerReply write(OpenQuestion open, Audience audience) {
        try {
            return writer.write(open, audience);
        } catch (ProblemException e) {
            if (e.problem().status() == UNAVAILABLE) {
                QuestionCount.current().giveBack();
            } else {
                QuestionCount.current().settle();
            }
            throw e;
        } finally {
            generations.finish(open.generation(), open.question(), open.opened().answerId());
        }
    }

    /// The answer that a client has seen a part of; empty where none is stored, it is another's, or the database cannot
    /// tell: asking again is answered all the same.
    ///
    /// @throws ProblemException 409 if it is the reader's own and still being written
    Optional<Answer> ended(ReaderId reader, UUID conversation, UUID answerId) {
        if (generations.isRunning(reader, conversation, answerId)) {
            throw Generations.running();
        }
        try {
            Optional<Answer> ended = dialogue.answer(reader, answerId)
                    .filter(answer -> answer.conversation().equals(conversation));
            ended.ifPresent(_ -> QuestionCount.current().giveBack());
            return ended;
        } catch (UnavailableException e) {
            LOG.debug("Whether answer {} is stored cannot be told", answerId, e);
            return Optional.empty();
        }
    }

    /// @throws ProblemException 404 if the conversation has no such answer in the making
    void stop(ReaderId reader, UUID conversation, UUID answerId) {
        generations.stop(reader, conversation, answerId);
    }

    /// A repeat is no other question, and so it is answered also when there is none left.
    private Asked answeredBefore(Question question) {
        return dialogue.answered(question).<Asked>map(Asked.Stored::new).orElseThrow(QuestionCount.current()::refused);
    }

    private Asked asked(Generation generation, Question question, Stopwatch stopwatch) {
        try {
            return switch (dialogue.open(question)) {
                case Opening.Opened opened -> {
                    books.learn(question.reader(), opened.conversation(), opened.book());
                    yield fresh(new OpenQuestion(generation, question, opened, null, stopwatch));
                }
                case Opening.Answered answered -> {
                    QuestionCount.current().giveBack();
                    yield new Asked.Stored(answered.answer());
                }
                case Opening.NoConversation _ -> new Asked.NoConversation();
                case Opening.Running _ -> throw Generations.running();
                case Opening.KeyReused _ -> throw IdempotencyKey.reused();
            };
        } catch (UnavailableException e) {
            return fresh(OpenQuestion.unstored(generation, question, books.of(question), Degraded.by(e), stopwatch));
        }
    }

    private Asked fresh(OpenQuestion open) {
        generations.open(open.generation(), open.opened().answerId());
        return new Asked.Fresh(open);
    }
}
