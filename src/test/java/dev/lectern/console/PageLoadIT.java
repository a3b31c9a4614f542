package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.Browser;
import dev.lectern.testing.LecternServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What the page weighs, how soon it is there, and how it bears being open for long. `-Dconsole.soak=PT5M` keeps it
/// open for that long.
@EnabledIf(value = "dev.lectern.testing.Browser#isInstalled", disabledReason = Browser.MISSING)
@Timeout(600)
class PageLoadIT {

    private static final int EVENTS = 1_000;

    @RegisterExtension
    static final OpenConsole CONSOLE = OpenConsole.awake();

    @Test
    void weighs_little_and_is_there_soon() {
        Browser page = CONSOLE.open();
        List<Double> firstPaints = IntStream.range(0, 5)
                .mapToObj(_ -> {
                    page.forget();
                    CONSOLE.open();
                    return number(page, "performance.getEntriesByName('first-contentful-paint')[0].startTime");
                })
                .sorted()
                .toList();
        double bytes = number(page, """
                [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
                    .filter(loaded => !loaded.name.includes('/api/'))
                    .reduce((sum, loaded) => sum + loaded.transferSize, 0)""");
        System.out.printf("console page: %.0f bytes, first paints %s ms%n", bytes, firstPaints);

        assertThat(bytes).isBetween(10_000.0, 100_000.0);
        // The fastest tells what the page takes; the others, what else this machine does.
        assertThat(firstPaints.getFirst()).isLessThan(500);
        assertThat(page.script("""
                return performance.getEntriesByType('resource').map(loaded => new URL(loaded.name).origin)
                    .filter(origin => origin !== location.origin && origin !== 'null')""")).isEqualTo(List.of());
    }

    @Test
    void complains_of_nothing_while_a_thousand_events_come() {
        Duration time = Duration.parse(System.getProperty("console.soak", "PT5S"));
        long begin = System.nanoTime();
        Browser page = CONSOLE.open();
        AtomicInteger last = new AtomicInteger();
        try (ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
                Traffic _ = CONSOLE.traffic(1)) {
            var _ = writer.scheduleAtFixedRate(
                    () -> {
                        if (last.get() < EVENTS) {
                            CONSOLE.operator().act("resume", "{\"reason\": \"event " + last.incrementAndGet() + "\"}");
                        }
                    },
                    0,
                    time.toNanos() / EVENTS,
                    TimeUnit.NANOSECONDS);
            page.await(
                    "all of them", time.plusSeconds(60), () -> page.text(".log").contains("event " + EVENTS));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        System.out.printf("console page: %d events in %s%n", EVENTS, took);

        assertThat(took).isGreaterThan(time.multipliedBy(9).dividedBy(10));
        assertThat(page.complaints()).isEmpty();
        assertThat(page.text("#events .note")).startsWith("1000 events");
        page.await("the present", () -> page.text(".live").contains("UTC"));
    }

    @Test
    void asks_for_the_token_once_and_says_since_when_it_hears_nothing() {
        Browser page = CONSOLE.browser();
        try (LecternServer guarded = LecternServer.start(
                "jdbc:postgresql://127.0.0.1:1/nowhere?user=nobody&password=none",
                Map.of("access.adminToken", "the token of the operators"))) {
            URI console = guarded.adminUrl();
            page.open(console);
            page.awaitText("h1", "token");
            page.type("[name=token]", "not the token at all");
            page.click("[type=submit]");
            page.awaitText("#verdict [role=alert]", "refused");
            page.type("[name=token]", "the token of the operators");
            page.click("[type=submit]");
            page.awaitText(".live", "UTC");
            page.open(console);
            page.awaitText(".live", "UTC");
        }

        page.awaitText(".live", "Stale since");
        assertThat(page.find("main").getAttribute("data-stale")).isNotNull();
        assertThat(page.text("h1")).isNotEmpty();
    }

    private static double number(Browser page, String expression) {
        return ((Number) Objects.requireNonNull(page.script("return " + expression))).doubleValue();
    }
}
