package dev.lectern.llm.openai;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// A language model behind any OpenAI-compatible server. It repeats no failed call, and holds no thread but its
/// caller's.
///
/// Safe for many threads. Closing it ends the calls that are under way.
public final class OpenAiModel implements LanguageModel, AutoCloseable {

    private static final int BOUNDARY_BYTES = 12;

    private final OpenAiSettings settings;
    private final HttpClient http;
    private final StreamingChatModel model;
    private final SecureRandom random = new SecureRandom();

    public OpenAiModel(OpenAiSettings settings) {
        this.settings = settings;
        this.http = HttpClient.newBuilder()
                .connectTimeout(settings.connectTimeout())
                .followRedirects(Redirect.NEVER)
                // Without TLS, HTTP/2 begins with an upgrade, which several local model servers mishear.
                .version("https".equalsIgnoreCase(settings.baseUrl().getScheme()) ? Version.HTTP_2 : Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
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
        http.shutdownNow();
        http.close();
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
