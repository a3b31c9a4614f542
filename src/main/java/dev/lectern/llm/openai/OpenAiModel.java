package dev.lectern.llm.openai;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.Reply;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.ssl.SSLContexts;

/// A language model behind any OpenAI-compatible server. It repeats no failed call, and answers on its caller's thread.
///
/// Safe for many threads. Closing it ends the calls that are under way.
public final class OpenAiModel implements LanguageModel, AutoCloseable {

    private static final int BOUNDARY_BYTES = 12;

    private final OpenAiSettings settings;
    private final CloseableHttpClient http;
    private final StreamingChatModel model;
    private final SecureRandom random = new SecureRandom();

    public OpenAiModel(OpenAiSettings settings) {
        this(settings, SSLContexts.createSystemDefault());
    }

    /// @param tls whom it trusts
    OpenAiModel(OpenAiSettings settings, SSLContext tls) {
        this.settings = settings;
        this.http = Connections.client(settings.connectTimeout(), tls);
        this.model = OpenAiStreamingChatModel.builder()
                .httpClientBuilder(new CallingThreadHttpClient(http).asBuilder())
                .baseUrl(settings.baseUrl().toString())
                .apiKey(settings.apiKey())
                .modelName(settings.model())
                .temperature(settings.temperature())
                .maxTokens(settings.maxAnswerTokens())
                .build();
    }

    @Override
    public String name() {
        return settings.model();
    }

    @Override
    public Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var messages = new PromptMessages(boundary()).of(prompt);
        var request = ChatRequest.builder().messages(messages).build();
        var patience = new Patience(settings.firstTokenTimeout(), settings.totalTimeout());
        var passages = prompt.sources().stream().map(Source::number).collect(Collectors.toSet());
        var answer = new AnswerStream(text, passages, patience);
        ScopedValue.where(Patience.OF_THIS_CALL, patience).run(() -> chat(request, answer));
        return answer.reply();
    }

    @Override
    public void close() {
        http.close(CloseMode.IMMEDIATE);
    }

    private void chat(ChatRequest request, AnswerStream answer) {
        try {
            model.chat(request, answer);
        } catch (RuntimeException e) {
            answer.onError(e);
        }
    }

    private String boundary() {
        byte[] bytes = new byte[BOUNDARY_BYTES];
        random.nextBytes(bytes);
        return "=====" + HexFormat.of().formatHex(bytes);
    }
}
