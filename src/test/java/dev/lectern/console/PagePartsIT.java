package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.Browser;
import dev.lectern.testing.Browser.View;
import dev.lectern.testing.LecternServer;
import java.io.Closeable;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/// What each part of the page shows.
@EnabledIf(value = "dev.lectern.testing.Browser#isInstalled", disabledReason = Browser.MISSING)
@Timeout(120)
class PagePartsIT {

    @RegisterExtension
    static final OpenConsole CONSOLE = OpenConsole.awake();

    @Test
    void the_verdict_is_the_one_of_the_server_and_is_told_to_who_cannot_see_it() {
        CONSOLE.operator().act("pause", "{\"seconds\": 60}");
        Browser page = CONSOLE.open();

        page.awaitText("h1", "PAUSED: By an operator's will");
        assertThat(page.text(".next")).startsWith("→ Resume as soon as");
        assertThat(page.text("[aria-live=polite]")).startsWith("PAUSED, notice. Resume");
        CONSOLE.operator().act("resume", "{}");
        page.await("another verdict", () -> !page.text("[aria-live=polite]").startsWith("PAUSED"));
    }

    @Test
    void the_pool_is_told_against_its_maximum_and_the_servers_limit() {
        CONSOLE.reader().get("/conversations");
        Browser page = CONSOLE.open();
        JsonNode pool = CONSOLE.operator().get("/api/snapshot").json().at("/pool");

        page.awaitText("#pool", pool.at("/maximum").asInt() + " maximum");
        page.awaitText("#pool", pool.at("/server_limit").asInt() + " limit");
        assertThat(page.texts("#pool .track")).hasSize(2);
        page.awaitText("#pool .shares", "One replica, whose share is 16");
        assertThat(page.text("#pool .shares")).contains("head-room of 10");
    }

    @Test
    void the_pool_that_the_busiest_minute_needed_is_told_beside_it() {
        try (Traffic _ = CONSOLE.traffic(2)) {
            Browser page = CONSOLE.open();

            page.awaitText("#pool .advice", "The pool has 16");
            assertThat(page.text("#pool .advice"))
                    .contains("In the busiest minute of this hour", "/s, held for", "expected", "measured");
        }
    }

    @Test
    void the_timeline_is_zoomed_by_the_mouse_and_by_keys() {
        Browser page = CONSOLE.open();
        page.await("a chart of some seconds", () -> page.texts(".u-over").size() == 2);
        WebElement chart = page.find(".levels .u-over");
        page.script("arguments[0].scrollIntoView({block: 'center'})", chart);

        page.mouse()
                .moveToElement(chart, 100, 0)
                .clickAndHold()
                .moveByOffset(200, 0)
                .release()
                .perform();
        page.awaitText("#timeline .note", " to ");
        page.mouse().doubleClick(chart).perform();
        page.awaitText("#timeline .note", "the last hour");

        page.script("arguments[0].focus()", page.find(".charts"));
        page.press(Keys.ARROW_LEFT, "+");
        page.awaitText("#timeline .note", " to ");
        page.press(Keys.ESCAPE);
        page.awaitText("#timeline .note", "the last hour");
        page.click(".windows button:nth-child(4)");
        page.await("60 minutes", () -> page.texts("[aria-pressed=true]").equals(List.of("60 min")));
    }

    @Test
    void both_charts_have_the_same_cursor_and_the_second_under_it_is_told() {
        Browser page = CONSOLE.open();
        page.await("two charts", () -> page.texts(".u-over").size() == 2);
        WebElement chart = page.find(".counts .u-over");
        page.script("arguments[0].scrollIntoView({block: 'center'})", chart);

        page.mouse().moveToElement(chart, chart.getSize().width / 2 - 40, 0).perform();

        page.await("the same place", () -> {
            String here = cursor(page, "counts");
            return !here.isEmpty() && here.equals(cursor(page, "levels"));
        });
        page.await("a second", () -> page.text(".reading .when b").matches("\\d\\d:\\d\\d:\\d\\d"));
    }

    @Test
    void times_have_percentiles_and_a_histogram() {
        CONSOLE.reader().get("/conversations");
        Browser page = CONSOLE.open();

        page.await(
                "a time of use",
                () -> page.texts("#times .percentiles").getLast().contains("ms"));
        assertThat(page.texts("#times h3"))
                .containsExactly("Wait for a permit", "Create a connection", "Use of a connection");
        assertThat(String.valueOf(
                        page.find("#times .time:last-child .histogram").getAttribute("aria-label")))
                .startsWith("Use: ")
                .contains("up to");
    }

    @Test
    void routes_are_as_the_server_sorts_them_with_the_language_model_apart() {
        CONSOLE.reader().ask(CONSOLE.reader().converse("pools"), "What is a permit?");
        Browser page = CONSOLE.open();

        page.awaitText("#routes tbody", "/conversations/{id}/messages");
        // Both are of the last minute, and not of the same moment.
        page.await(
                "the server's routes",
                () -> page.texts("#routes tbody th code").stream()
                        .sorted()
                        .toList()
                        .equals(
                                CONSOLE
                                        .operator()
                                        .get("/api/routes")
                                        .json()
                                        .at("/routes")
                                        .findValuesAsText("route")
                                        .stream()
                                        .map(route -> route.replaceFirst("^/api/v1", ""))
                                        .sorted()
                                        .toList()));
        assertThat(page.text("#routes .tag")).isEqualTo("LLM");
        assertThat(page.texts("#routes thead th")).contains("p95 against the target", "LLM");
    }

    @Test
    void who_holds_a_connection_is_told_and_who_blocks_whom_when_the_server_is_asked() throws Exception {
        Browser page = CONSOLE.open();
        AtomicBoolean locked = new AtomicBoolean(true);
        Thread reader;
        try (Connection etl = CONSOLE.connect("etl");
                Statement statement = etl.createStatement();
                Closeable _ = () -> locked.set(false)) {
            etl.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation");
            // Whose deadline passes comes back.
            reader = Thread.ofVirtual().start(() -> {
                while (locked.get()) {
                    CONSOLE.reader().get("/conversations");
                }
            });
            CONSOLE.askWhoIsBlockedBy("etl");

            assertThat(page.texts("#holders tbody")).anyMatch(body -> body.contains("etl"));
            page.awaitText("#holders tbody", "/api/v1/conversations");
            page.click("#holders td button");
            assertThat(page.find("dialog [name=pid]").getAttribute("value")).matches("\\d+");
        }
        reader.join();
    }

    @Test
    void warm_up_says_what_it_does_next_and_what_it_costs() {
        Browser page = CONSOLE.open();

        page.awaitText("#warmup .note", "policy: off");
        assertThat(page.text("#warmup .plan")).contains("No ping is planned");
        assertThat(page.text("#warmup .cost")).contains("CU-hours", "0.25 CU at 0.106 USD");
        assertThat(page.texts("#warmup dt")).contains("Wake p95", "Cold requests", "Avoided");
    }

    @Test
    void events_are_filtered_by_kind_level_actor_and_text_and_are_never_markup() {
        CONSOLE.operator().act("resume", "{\"reason\": \"<img src=x onerror=alert(1)> & co\"}");
        CONSOLE.operator().act("resume", "{\"reason\": \"another\"}");
        Browser page = CONSOLE.open();
        // Wherever it stands: the database may have fallen asleep since, which is an event, too.
        page.await(
                "the reason as it was given",
                () -> page.texts(".log .reason").stream()
                        .anyMatch(reason -> reason.contains("<img src=x onerror=alert(1)> & co")));

        page.press("/");
        page.press("onerror");
        page.await("one event", () -> page.texts(".log li").size() == 1);
        page.find(".filter [name=actor]").sendKeys("neon");
        page.awaitText(".log", "Nothing of that kind");
        page.find(".filter [name=actor]").sendKeys("operator");
        page.find(".filter [name=kind]").sendKeys("action");
        page.find(".filter [name=level]").sendKeys("info");
        page.await("it again", () -> page.texts(".log li").size() == 1);
        assertThat(page.texts(".log img")).isEmpty();
    }

    @Test
    void the_configuration_has_its_sources_and_no_secrets() {
        Browser page = CONSOLE.open();

        page.awaitText("#configuration", "access.apiKey");
        String table = page.text("#configuration tbody");
        assertThat(table).contains("LECTERN_POOL_SIZE", "***").doesNotContain(LecternServer.API_KEY);
        assertThat(page.texts("#configuration .files a")).containsExactly("Thread dump", "Diagnostic bundle");
    }

    @Test
    void keys_alone_lead_past_the_top_and_to_each_table() {
        Browser page = CONSOLE.open(new View(360, "dark"));

        page.press(Keys.TAB);
        assertThat(page.script("return document.activeElement.className")).isEqualTo("skip");
        assertThat(page.script("return [...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0)"))
                .isEqualTo(true);
    }

    private static String cursor(Browser page, String chart) {
        return String.valueOf(page.script(
                "return document.querySelector('.' + arguments[0] + ' .u-cursor-x').style.transform", chart));
    }
}
