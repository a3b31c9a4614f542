package dev.lectern.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Timer;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecentTimersTest {

    @Test
    void a_timer_that_timed_little_tells_that() {
        RecentTimers registry = new RecentTimers();
        registry.timer("requests").update(Duration.ofNanos(7));
        registry.timer("requests").update(Duration.ofNanos(9));

        assertThat(registry.timer("requests").getSnapshot().getValues()).containsExactly(7, 9);
        assertThat(registry.timer("none").getSnapshot().getValues()).isEmpty();
    }

    @Test
    void a_timer_counts_all_and_tells_the_times_of_the_latest() {
        RecentTimers registry = new RecentTimers();
        for (int time = 1; time <= 5000; time++) {
            registry.timer("requests").update(Duration.ofNanos(time));
        }

        Timer timer = registry.timer("requests");
        assertThat(timer.getCount()).isEqualTo(5000);
        assertThat(timer.getSnapshot().getValues())
                .containsExactly(LongStream.rangeClosed(3973, 5000).toArray());
    }
}
