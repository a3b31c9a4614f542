package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.Browser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;

/// What an operator does on the page: seen before it is done, and taken back.
@EnabledIf(value = "dev.lectern.testing.Browser#isInstalled", disabledReason = Browser.MISSING)
@Timeout(120)
class PageActionsIT {

    private static final String WARM_UP = ".actions li:nth-child(1) button";
    private static final String RESIZE = ".actions li:nth-child(3) button";
    private static final String PAUSE = ".actions li:nth-child(4) button";

    @RegisterExtension
    static final OpenConsole CONSOLE = OpenConsole.awake();

    @AfterEach
    void putBack() {
        CONSOLE.operator().act("resize-pool", "{\"maximum\": 16, \"keep\": true}");
    }

    @Test
    void the_pool_is_resized_after_a_preview_and_taken_back() {
        Browser page = CONSOLE.open();
        page.click(RESIZE);
        page.type("dialog [name=maximum]", "5");
        page.type("dialog [name=minutes]", "10");
        page.type("dialog [name=actor]", "ann");
        page.type("dialog [name=reason]", "a flood");
        page.click("dialog [type=submit]");

        page.awaitText("dialog", "What it would do");
        assertThat(page.text("dialog .effect"))
                .isEqualTo("This process asks for 5 connections instead of 16 for 10 min.");
        assertThat(page.text("dialog .step .note"))
                .startsWith("It ends by itself at ")
                .contains("The way back: Resize the pool (keep true, maximum 16)");
        assertThat(configured()).isEqualTo(16);

        page.press(Keys.ENTER); // the focus is on the confirmation
        page.awaitText("dialog h3", "Done");
        assertThat(configured()).isEqualTo(5);
        page.awaitText("#pool", "5 maximum");
        page.awaitText(".log", "resize-pool by this machine (ann): This process asks for 5");

        page.click("dialog .buttons button");
        page.awaitText("dialog h3", "Taken back");
        assertThat(configured()).isEqualTo(16);
        page.click("dialog .primary");
        page.await("no dialog", () -> page.texts("dialog").isEmpty());
    }

    @Test
    void nothing_is_done_where_it_is_not_confirmed() {
        Browser page = CONSOLE.open();
        page.click(PAUSE);
        page.click("dialog [type=submit]");
        page.awaitText("dialog", "What it would do");
        page.press(Keys.ESCAPE);

        page.await("no dialog", () -> page.texts("dialog").isEmpty());
        assertThat(snapshot().at("/database/paused_until").isNull()).isTrue();
        assertThat(page.script("return document.activeElement.textContent")).isEqualTo("Pause …");
    }

    @Test
    void what_cannot_be_done_is_told_in_the_dialog() {
        CONSOLE.operator().act("pause", "{\"seconds\": 60}");
        Browser page = CONSOLE.open();
        page.click(WARM_UP);
        page.click("dialog [type=submit]");
        page.awaitText("dialog", "What it would do");
        page.click("dialog .primary");

        page.awaitText("dialog .failure", "paused");
        page.awaitText(".log", "warm-up by this machine failed");
    }

    private static int configured() {
        return snapshot().at("/pool/configured").asInt();
    }

    private static JsonNode snapshot() {
        return CONSOLE.operator().get("/api/snapshot").json();
    }
}
