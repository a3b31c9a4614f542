package dev.lectern.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.Browser;
import dev.lectern.testing.LecternClient;
import java.io.Closeable;
import java.net.URLEncoder;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Markup from those who are no operators: readers, whose words do not come to the page, and other programs at the
/// server, whose names and statements do. What operators say is in [PagePartsIT].
@EnabledIf(value = "dev.lectern.testing.Browser#isInstalled", disabledReason = Browser.MISSING)
@Timeout(120)
class PageMarkupIT {

    /// Short enough for PostgreSQL to keep it as a name.
    private static final String MARKUP = "<img src=x onerror=marked=1><script>marked=1</script>";

    private static final List<String> PANELS = List.of(
            "snapshot",
            "timeline",
            "times",
            "routes",
            "connections?server=true",
            "warmup",
            "fleet",
            "capacity",
            "config",
            "events");

    @RegisterExtension
    static final OpenConsole CONSOLE = OpenConsole.awake();

    @Test
    void no_reader_puts_a_word_on_the_page() {
        Browser page = CONSOLE.open();
        try (LecternClient stranger = new LecternClient(CONSOLE.lectern().url()).bearing(MARKUP)) {
            assertThat(stranger.get("/conversations").status()).isEqualTo(401);
        }
        CONSOLE.lectern().importBook("hostile", Map.of("a.md", "# " + MARKUP + "\n\n## " + MARKUP + "\n\nText."));
        say(CONSOLE.reader());

        page.awaitText("#routes tbody", "/search");
        for (String panel : PANELS) {
            assertThat(CONSOLE.operator().get("/api/" + panel).body())
                    .as(panel)
                    .startsWith("{")
                    .doesNotContain("marked");
        }
        assertThat(String.valueOf(page.script("return document.documentElement.outerHTML")))
                .contains("/search")
                .doesNotContain("marked");
        ranNothing(page);
    }

    @Test
    void the_name_and_the_statement_of_another_program_are_text() throws Exception {
        Browser page = CONSOLE.open();
        AtomicBoolean locked = new AtomicBoolean(true);
        Thread reader;
        try (Connection other = CONSOLE.connect(URLEncoder.encode(MARKUP, UTF_8));
                Statement statement = other.createStatement();
                Closeable _ = () -> locked.set(false)) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation /* " + MARKUP + " */");
            // Whose deadline passes comes back.
            reader = Thread.ofVirtual().start(() -> {
                while (locked.get()) {
                    CONSOLE.reader().get("/conversations", "X-Request-Id", MARKUP);
                }
            });
            CONSOLE.askWhoIsBlockedBy(MARKUP);

            page.await(
                    "the statement",
                    () -> page.texts("#holders .sql").stream().anyMatch(sql -> sql.contains("/* " + MARKUP + " */")));
            page.awaitText("#holders tbody", "/api/v1/conversations");
            assertThat(page.text("#holders tbody")).doesNotContain("marked");
            ranNothing(page);
        }
        reader.join();
    }

    /// Says it wherever something can be said.
    private static void say(LecternClient reader) {
        String escaped = URLEncoder.encode(MARKUP, UTF_8);
        String id = reader.post("/conversations", "{\"title\": \"" + MARKUP + "\"}")
                .json()
                .at("/id")
                .asText();
        String answer = reader.post(
                        "/conversations/" + id + "/messages",
                        "{\"question\": \"What is a permit? " + MARKUP + "\", \"selected_text\": \"" + MARKUP + "\"}")
                .json()
                .at("/id")
                .asText();
        reader.put("/messages/" + answer + "/feedback", "{\"rating\": \"like\", \"comment\": \"" + MARKUP + "\"}");
        reader.post("/chat", "{\"query\": \"" + MARKUP + "\", \"" + MARKUP + "\": 1}");
        reader.get("/books/" + escaped);
        reader.get("/books/hostile/chapters/" + escaped);
        reader.delete("/conversations/" + escaped);
        reader.get("/" + escaped);
        reader.get("/search?q=" + escaped + "&book=" + escaped);
        for (String header : List.of(
                "X-Request-Id",
                "traceparent",
                "tracestate",
                "Idempotency-Key",
                "User-Agent",
                "Accept",
                "Referer",
                "X-Forwarded-For")) {
            reader.get("/search?q=permit&book=pools", header, MARKUP);
        }
    }

    /// Neither has it become an element, nor has the browser refused to run it; and this could be seen.
    private static void ranNothing(Browser page) {
        assertThat(page.complaints()).isEmpty();
        assertThat(strangers(page)).isZero();
        page.script("document.body.insertAdjacentHTML('beforeend', arguments[0])", MARKUP);
        assertThat(strangers(page)).isEqualTo(2);
        page.await("a complaint", () -> !page.complaints().isEmpty());
        assertThat(page.script("return typeof marked")).isEqualTo("undefined");
    }

    private static long strangers(Browser page) {
        return (Long) Objects.requireNonNull(
                page.script("return document.querySelectorAll('img, script:not([src])').length"));
    }
}
