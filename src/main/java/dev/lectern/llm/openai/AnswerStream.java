package dev.lectern.llm.openai;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.LanguageModelException.Reason;
import dev.lectern.llm.Reply;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Passes an answer on as it comes, and remembers how it ended. For one thread.
final class AnswerStream implements StreamingChatResponseHandler {

    private final Consumer<String> reader;
    private final Patience patience;
    private final CitationFilter citations;
    private final StringBuilder opening = new StringBuilder();
    private @Nullable Throwable failure;
    private @Nullable RuntimeException readerFailure;
    private boolean filtered;
    private @Nullable Long tokens;

    AnswerStream(Consumer<String> reader, Set<Integer> passages, Patience patience) {
        this.reader = reader;
        this.patience = patience;
        this.citations = new CitationFilter(passages);
    }

    @Override
    public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
        patience.spoken();
        if (failure != null
                || !pass(citations.next(piece.text()))
                || Thread.currentThread().isInterrupted()) {
            context.streamingHandle().cancel();
        }
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        TokenUsage usage = response.metadata().tokenUsage();
        tokens = usage == null || usage.totalTokenCount() == null ? null : Long.valueOf(usage.totalTokenCount());
        filtered = response.metadata().finishReason() == FinishReason.CONTENT_FILTER;
        if (failure == null && readerFailure == null) {
            pass(citations.rest());
        }
    }

    @Override
    public void onError(Throwable error) {
        if (failure == null) {
            failure = error;
        }
    }

    /// How it ended.
    ///
    /// @throws RuntimeException what the reader threw
    Reply reply() throws LanguageModelException, InterruptedException {
        if (readerFailure != null) {
            throw readerFailure;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (failure != null) {
            throw ServerFailure.translate(failure);
        }
        String begin = opening.toString().strip();
        if (begin.isEmpty()) {
            throw filtered
                    ? new LanguageModelException(Reason.REFUSED, "the server's filter held the answer back", null)
                    : new LanguageModelException(Reason.UNAVAILABLE, "the server sent an answer without text", null);
        }
        return new Reply(citations.cited() && !begin.startsWith(LanguageModel.NO_ANSWER), tokens);
    }

    /// Whether the reader took it.
    private boolean pass(String text) {
        if (text.isEmpty()) {
            return true;
        }
        if (opening.length() < 200) {
            opening.append(text);
        }
        try {
            reader.accept(text);
            return true;
        } catch (RuntimeException e) {
            readerFailure = e;
            return false;
        }
    }
}
