package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.console.Symptoms.Warmth;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WarmupWatchTest {

    private static final Instant NOW = Instant.parse("2026-11-24T19:00:00Z");

    private Warmth warmth = new Warmth(null, null);
    private final EventLog log = new EventLog(() -> NOW);
    private final WarmupWatch watch = new WarmupWatch(log, () -> warmth);

    @Test
    void writes_down_once_that_warm_up_rests_and_that_it_goes_on() {
        seeing(new Warmth(null, null));
        seeing(new Warmth("the endpoint is disabled", null));
        seeing(new Warmth("the endpoint is disabled", null));
        seeing(new Warmth(null, NOW));
        seeing(new Warmth(null, NOW.plusSeconds(1)));
        seeing(new Warmth(null, null));

        assertThat(log.after(0))
                .extracting(Entry::text)
                .containsExactly(
                        "Warm-up rests until readers are served again",
                        "Warm-up goes on",
                        "The month's budget of warm-up is spent",
                        "Warm-up goes on");
        assertThat(log.after(0).getFirst().reason()).isEqualTo("the endpoint is disabled");
    }

    private void seeing(Warmth now) {
        warmth = now;
        watch.tick();
    }
}
