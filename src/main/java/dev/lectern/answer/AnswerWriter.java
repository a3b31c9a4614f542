package dev.lectern.answer;

import dev.lectern.answer.FollowUp.Reading;
import dev.lectern.book.Passage;
import dev.lectern.conversation.Answer;
import dev.lectern.conversation.Citation;
import dev.lectern.conversation.Dialogue;
import dev.lectern.conversation.Opening.Turn;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.UnavailableException;
import dev.lectern.retrieval.Hit;
import dev.lectern.retrieval.Query;
import dev.lectern.retrieval.Retriever;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the answer of an open question: passages from memory, text from the language model, and the result into the
/// conversation. While the model works no connection is held.
final class AnswerWriter {

    private static final Logger LOG = LoggerFactory.getLogger(AnswerWriter.class);
    private static final int PASSAGES = 8;

    private final Dialogue dialogue;
    private final Retriever retriever;
    private final LanguageModel model;
    private final @Nullable LanguageModel fallback;
    private final InstantSource clock;
    private final Limits limits;
    private final AnswerListener listener;

    /// @param fallback writes where the model fails before its first word
    AnswerWriter(
            Dialogue dialogue,
            Retriever retriever,
            LanguageModel model,
            @Nullable LanguageModel fallback,
            InstantSource clock,
            Limits limits,
            AnswerListener listener) {
        this.dialogue = dialogue;
        this.retriever = retriever;
        this.model = model;
        this.fallback = fallback;
        this.clock = clock;
        this.limits = limits;
        this.listener = listener;
    }

    /// @throws ProblemException 503 if the language model fails with nothing to stand in for it; nothing is stored, as
    ///     the reader is to ask again
    AnswerReply write(OpenQuestion open, Audience audience) {
        Delivery delivery = new Delivery(open, audience, limits);
        try {
            Draft draft = draft(open, delivery);
            Answer answer = answer(open, delivery.transcript().text(), draft);
            AnswerReply reply = isAbandoned(open, answer)
                    ? AnswerReply.unsaved(answer, null)
                    : store(open, answer, draft.ending.degraded);
            if (reply.degraded() != null) {
                listener.degraded(reply.degraded().reason());
            }
            return reply;
        } finally {
            if (delivery.wasInterrupted()) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /// Whether a reader who left is to find nothing of the answer. Under a key no fragment is stored: it would
    /// end the key's claim, and the repeat of the request, which is owed the whole answer, would get the
    /// fragment for as long as the key lives.
    private static boolean isAbandoned(OpenQuestion open, Answer answer) {
        return open.generation().isDeserted()
                && answer.stopped()
                && (answer.content().isEmpty() || open.question().key() != null);
    }

    private record Ending(
            ModelCall.End end, String model, @Nullable Degraded degraded) {}

    /// How a text came about.
    private record Draft(List<Hit> hits, Ending ending) {}

    /// Reads the question in one way after the other until the passages that it finds answer it.
    private Draft draft(OpenQuestion open, Delivery delivery) {
        Iterator<Reading> readings =
                FollowUp.readings(open.question().text(), open.opened().turns()).iterator();
        Draft draft = draft(open, delivery, readings.next(), readings.hasNext(), null);
        while (delivery.wasRefused()) {
            draft = draft(open, delivery, readings.next(), readings.hasNext(), draft.ending.degraded);
        }
        return draft;
    }

    /// @param again whether there is another reading for a refusal
    /// @param failed why another model stands in for this question already; null where none does
    private Draft draft(
            OpenQuestion open, Delivery delivery, Reading reading, boolean again, @Nullable Degraded failed) {
        List<Hit> hits = open.stopwatch().searching(() -> retriever.search(query(open, reading)));
        listener.searched(open.stopwatch().lastSearch());
        delivery.start(open);
        Prompt prompt = prompt(open, reading, hits);
        if (failed != null) {
            return new Draft(hits, standIn(open, delivery, prompt, again, failed));
        }
        ModelCall.End end = take(open, delivery, model, prompt, again);
        if (!(end instanceof ModelCall.Failed(LanguageModelException cause))) {
            return new Draft(hits, new Ending(end, model.name(), null));
        }
        if (!cause.isForWantOfTokens()) {
            LOG.warn("Language model {} failed: {}: {}", model.name(), cause.reason(), cause.getMessage(), cause);
        }
        return new Draft(hits, standIn(open, delivery, prompt, again, Degraded.by(cause, limits.retry())));
    }

    private Ending standIn(OpenQuestion open, Delivery delivery, Prompt prompt, boolean again, Degraded why) {
        if (fallback == null || !delivery.transcript().isEmpty()) {
            throw modelUnavailable();
        }
        ModelCall.End end = take(open, delivery, fallback, prompt, again);
        if (end instanceof ModelCall.Failed) {
            throw modelUnavailable();
        }
        return new Ending(end, fallback.name(), why);
    }

    private ModelCall.End take(
            OpenQuestion open, Delivery delivery, LanguageModel writer, Prompt prompt, boolean again) {
        Stopwatch stopwatch = open.stopwatch();
        ModelCall.End end = stopwatch.generating(() -> delivery.take(writer, prompt, again));
        boolean called = !(end instanceof ModelCall.Failed(var cause) && cause.isForWantOfTokens());
        if (called) {
            listener.modelEnded(
                    writer.name(), ending(end), stopwatch.firstTextOfLastGeneration(), stopwatch.lastGeneration());
        }
        return end;
    }

    private static AnswerListener.Ending ending(ModelCall.End end) {
        return switch (end) {
            case ModelCall.Whole _ -> AnswerListener.Ending.WHOLE;
            case ModelCall.Cancelled _ -> AnswerListener.Ending.STOPPED;
            case ModelCall.Failed _ -> AnswerListener.Ending.FAILED;
        };
    }

    private Answer answer(OpenQuestion open, String text, Draft draft) {
        Ending ending = draft.ending;
        List<Citation> citations = Citations.of(text, draft.hits);
        boolean disowned = ending.end instanceof ModelCall.Whole(var reply) && !reply.grounded();
        return new Answer(
                open.opened().answerId(),
                open.opened().conversation(),
                open.opened().questionId(),
                text,
                citations,
                !citations.isEmpty() && !disowned,
                !(ending.end instanceof ModelCall.Whole),
                ending.model,
                open.stopwatch().timings(),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    private AnswerReply store(OpenQuestion open, Answer answer, @Nullable Degraded degraded) {
        if (open.degraded() != null) {
            return AnswerReply.unsaved(answer, open.degraded());
        }
        try {
            return dialogue.store(open.question(), answer)
                    ? AnswerReply.saved(answer, degraded)
                    : AnswerReply.unsaved(answer, degraded);
        } catch (UnavailableException e) {
            return AnswerReply.unsaved(answer, Degraded.by(e));
        }
    }

    private ProblemException modelUnavailable() {
        return new ProblemException(Problem.of(
                        503,
                        Degraded.LANGUAGE_MODEL,
                        "The language model is not available",
                        "The answer could not be written to its end; ask again later")
                .retryingAfter(limits.retry()));
    }

    private static Query query(OpenQuestion open, Reading reading) {
        return new Query(
                reading.words(),
                open.opened().book(),
                open.question().pageUrl(),
                open.question().selectedText(),
                PASSAGES);
    }

    private static Prompt prompt(OpenQuestion open, Reading reading, List<Hit> hits) {
        List<Prompt.Source> sources = new ArrayList<>(hits.size());
        for (Hit hit : hits) {
            sources.add(new Prompt.Source(
                    sources.size() + 1, heading(hit.passage()), hit.passage().text(), hit.similarity()));
        }
        return new Prompt(
                open.question().text(),
                open.question().selectedText(),
                reading.turns().stream().map(AnswerWriter::turn).toList(),
                List.copyOf(sources));
    }

    private static Prompt.Turn turn(Turn turn) {
        return new Prompt.Turn(turn.byReader() ? Prompt.Speaker.READER : Prompt.Speaker.ASSISTANT, turn.text());
    }

    private static String heading(Passage passage) {
        return String.join(
                " › ",
                Stream.concat(Stream.of(passage.chapterTitle()), passage.headings().stream())
                        .toList());
    }
}
