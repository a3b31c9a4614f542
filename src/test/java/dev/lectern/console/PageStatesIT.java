package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.testing.Browser;
import dev.lectern.testing.Browser.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The page in each state of the database: light and dark, wide and narrow. With `-Dconsole.screenshots=true` it is
/// also drawn to `docs/console`.
@EnabledIf(value = "dev.lectern.testing.Browser#isInstalled", disabledReason = Browser.MISSING)
@Timeout(400)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageStatesIT {

    private static final boolean DRAWS = Boolean.getBoolean("console.screenshots");
    private static final Path PICTURES = Path.of("docs", "console");
    private static final List<String> PARTS = List.of(
            "verdict",
            "pool",
            "timeline",
            "times",
            "routes",
            "holders",
            "warmup",
            "events",
            "actions",
            "configuration");

    @RegisterExtension
    static final OpenConsole CONSOLE = OpenConsole.suspendedAfter(Duration.ofSeconds(2));

    @Test
    @Order(1)
    void ready() throws IOException {
        try (Traffic _ = CONSOLE.traffic(1)) {
            CONSOLE.awaitStatus("ready");
            if (DRAWS) {
                // Its first requests are slow, and count for a minute.
                CONSOLE.open().await("a warm Lectern", Duration.ofMinutes(3), PageStatesIT::isWarm);
            }

            look("ready", "READY", "");
        }
    }

    @Test
    @Order(2)
    void asleep() throws IOException {
        CONSOLE.gateway().compute().suspend();
        CONSOLE.awaitStatus("asleep");
        long logins = CONSOLE.gateway().counts().logins();

        look("asleep", "ASLEEP", "The next request wakes it");

        assertThat(CONSOLE.gateway().counts().logins()).isEqualTo(logins);
    }

    @Test
    @Order(3)
    void down() throws IOException {
        CONSOLE.gateway().faults().inject(new Fault.RefuseConnections());
        CONSOLE.operator().act("evict-connections", "{}");
        try (Traffic _ = CONSOLE.traffic(1)) {
            CONSOLE.awaitStatus("down");

            look("down", "DOWN", "Check the network");
        }
    }

    @Test
    @Order(4)
    void saturated() throws IOException {
        CONSOLE.operator().act("warm-up", "{}");
        CONSOLE.gateway().faults().inject(new Fault.SlotsTaken(1_000));
        // Work overlaps then, and wants more connections than there is.
        CONSOLE.gateway().faults().inject(new Fault.Slow(Duration.ofMillis(40), null));
        try (Traffic _ = CONSOLE.traffic(5)) {
            CONSOLE.awaitStatus("saturated");

            look("saturated", "SATURATED", "etl");
        }
    }

    private static void look(String state, String chip, String said) throws IOException {
        for (View view : View.all()) {
            Browser page = CONSOLE.open(view);
            page.awaitText(".verdict .chip", chip);
            page.awaitText(".said", said);
            page.awaitText(".reading .state", chip);

            SoftAssertions seen = new SoftAssertions();
            seen.assertThat(page.script(
                            "return arguments[0].filter(id => !document.getElementById(id)?.checkVisibility())", PARTS))
                    .as("parts that are not there")
                    .isEqualTo(List.of());
            seen.assertThat(page.script("return document.documentElement.scrollWidth"))
                    .as("nothing is wider than the page")
                    .isEqualTo((long) view.width());
            seen.assertThat(page.complaints()).as("console").isEmpty();
            seen.assertThat(page.violations()).as("axe").isEmpty();
            seen.assertAll();
            page.complaints(); // axe itself has the browser complain of its canvas
            if (DRAWS) {
                draw(page, state, view);
            }
        }
    }

    private static boolean isWarm() {
        JsonNode snapshot = CONSOLE.operator().get("/api/snapshot").json();
        Duration since = Duration.between(
                Instant.parse(snapshot.at("/process/started_at").asText()),
                Instant.parse(snapshot.at("/at").asText()));
        return since.compareTo(Duration.ofSeconds(80)) > 0
                && snapshot.at("/verdict/level").asText().equals("good");
    }

    private static void draw(Browser page, String state, View view) throws IOException {
        if (state.equals("saturated") && view.width() > 1000) {
            Files.write(PICTURES.resolve("top-" + view.scheme() + ".webp"), page.picture(view, 900));
        }
        Files.write(PICTURES.resolve(state + "-" + view + ".webp"), page.picture(view, page.height()));
    }
}
