package dev.lectern.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// Asks a running Lectern a question, as a reader does, and shows the answer as it comes.
public final class AskCommand extends Command {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final int UNAVAILABLE = 503;
    private static final Pattern REFERENCE = Pattern.compile("\\[(\\d{1,3}(?:\\s*,\\s*\\d{1,3})*)]");
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private final PrintStream out;
    private final ObjectMapper json;

    public AskCommand(PrintStream out, ObjectMapper json) {
        super("ask", "asks a running Lectern a question");
        this.out = out;
        this.json = json;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("question").nargs("+").help("the question; quotes are not needed");
        parser.addArgument("--book").help("the slug of the book to ask; all books when absent");
        parser.addArgument("--url")
                .setDefault(System.getProperty("lectern.url", DEFAULT_URL))
                .help("where Lectern is");
        parser.addArgument("--json").action(Arguments.storeTrue()).help("print the answer as JSON");
        parser.epilog("Example: bin/lectern ask --book handbook What is a connection pool?");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws IOException, InterruptedException {
        String question = String.join(" ", arguments.<String>getList("question"));
        URI api = LecternUrl.api(arguments.getString("url"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            Session session = new Session(http, api);
            String token = session.post("/readers", null, json.createObjectNode())
                    .at("/token")
                    .asText();
            String book = arguments.getString("book");
            boolean whole = arguments.getBoolean("json");
            Optional<String> conversation = session.conversation(token, book);
            if (conversation.isEmpty()) {
                JsonNode reply = session.chat(token, book, question);
                if (whole) {
                    out.println(reply.toPrettyString());
                } else {
                    showUnsaved(reply);
                }
                return;
            }
            String messages = "/conversations/" + conversation.get() + "/messages";
            ObjectNode body = json.createObjectNode().put("question", question);
            if (whole) {
                out.println(session.post(messages, token, body).toPrettyString());
            } else {
                show(session.stream(messages, token, body));
            }
        } catch (ConnectException e) {
            throw new CommandFailedException(
                    1, "No Lectern answers at " + arguments.getString("url") + "; bin/run starts one.", e);
        }
    }

    private void show(List<JsonNode> citations) {
        out.println();
        for (JsonNode citation : citations) {
            String anchor = citation.at("/anchor").asText();
            out.println("  [" + citation.at("/n").asInt() + "] "
                    + citation.at("/title").asText() + "  "
                    + citation.at("/url").asText() + (anchor.isEmpty() ? "" : "#" + anchor));
        }
    }

    /// The contexts of a reply come in the order of the numbers that its text refers to.
    private void showUnsaved(JsonNode reply) {
        String content = reply.at("/content").asText();
        out.println(content);
        List<Integer> numbers = REFERENCE
                .matcher(content)
                .results()
                .flatMap(reference -> COMMA.splitAsStream(reference.group(1)))
                .map(Integer::valueOf)
                .distinct()
                .sorted()
                .toList();
        JsonNode contexts = reply.at("/retrieved_contexts");
        for (int i = 0; i < contexts.size(); i++) {
            String number = numbers.size() == contexts.size() ? "[" + numbers.get(i) + "] " : "";
            out.println("  " + number + contexts.get(i).at("/source_location").asText());
        }
        if (!reply.at("/saved").asBoolean(true)) {
            out.println("  (not saved: " + reply.at("/degraded/reason").asText() + ")");
        }
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        cli.getStdErr().println(failure instanceof CommandFailedException ? failure.getMessage() : failure.toString());
    }

    /// The requests of one reader.
    private final class Session {

        private final HttpClient http;
        private final URI api;

        Session(HttpClient http, URI api) {
            this.http = http;
            this.api = api;
        }

        /// The id of a new conversation; empty while the database, which alone can keep one, is away.
        Optional<String> conversation(String token, @Nullable String book) throws IOException, InterruptedException {
            HttpResponse<InputStream> response = response("/conversations", token, about(book), "application/json");
            if (response.statusCode() == UNAVAILABLE) {
                response.body().close();
                return Optional.empty();
            }
            try (InputStream made = accepted(response)) {
                return Optional.of(json.readTree(made).at("/id").asText());
            }
        }

        /// Asks what needs no conversation: it is answered from memory.
        JsonNode chat(String token, @Nullable String book, String question) throws IOException, InterruptedException {
            ObjectNode body = json.createObjectNode().put("query", question);
            return post("/chat", token, book == null ? body : body.put("book_id", book));
        }

        private ObjectNode about(@Nullable String book) {
            ObjectNode conversation = json.createObjectNode();
            return book == null ? conversation : conversation.put("book", book);
        }

        JsonNode post(String path, @Nullable String token, JsonNode body) throws IOException, InterruptedException {
            try (InputStream answer = send(path, token, body, "application/json")) {
                return json.readTree(answer);
            }
        }

        /// Prints the text as it comes, and returns the citations.
        List<JsonNode> stream(String path, String token, JsonNode body) throws IOException, InterruptedException {
            try (var events = new ServerSentEvents(send(path, token, body, "text/event-stream"))) {
                return events.stream()
                        .<JsonNode>mapMulti((event, citations) -> {
                            JsonNode data = parse(event.data());
                            switch (event.name()) {
                                case "delta" -> {
                                    out.print(data.at("/text").asText());
                                    out.flush();
                                }
                                case "citations" -> data.at("/citations").forEach(citations);
                                case "error" ->
                                    throw new CommandFailedException(
                                            1, "\n" + data.at("/detail").asText());
                                default -> {
                                    // start and done say nothing that a terminal shows
                                }
                            }
                        })
                        .toList();
            }
        }

        private InputStream send(String path, @Nullable String token, JsonNode body, String accept)
                throws IOException, InterruptedException {
            return accepted(response(path, token, body, accept));
        }

        private HttpResponse<InputStream> response(String path, @Nullable String token, JsonNode body, String accept)
                throws IOException, InterruptedException {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(api + path))
                    .timeout(TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("Accept", accept)
                    .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
            if (token != null) {
                request.header("Authorization", "Bearer " + token);
            }
            return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        }

        private InputStream accepted(HttpResponse<InputStream> response) throws IOException {
            if (response.statusCode() >= 400) {
                try (InputStream problem = response.body()) {
                    throw new CommandFailedException(
                            1, json.readTree(problem).at("/detail").asText("HTTP " + response.statusCode()));
                }
            }
            return response.body();
        }

        private JsonNode parse(String data) {
            try {
                return json.readTree(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
