package dev.lectern.console.action;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ReversionsTest {

    private static final Duration FAR = Duration.ofHours(1);
    private static final Duration NEAR = Duration.ofMillis(20);

    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final Reversions reversions = new Reversions(scheduler, told::add);

    @AfterEach
    void stop() {
        scheduler.shutdownNow();
    }

    @Test
    void a_thing_goes_back_when_its_time_is_over_and_that_is_told() throws InterruptedException {
        reversions.schedule("pool", NEAR, () -> "back to 16");

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("back to 16");
    }

    @Test
    void a_second_order_sets_another_time_and_what_it_goes_back_to_is_from_before_the_first()
            throws InterruptedException {
        reversions.schedule("pool", FAR, () -> "back to 16");
        reversions.schedule("pool", NEAR, () -> "back to 12");

        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("back to 16");
    }

    @Test
    void what_is_kept_stays() throws Exception {
        List<String> things = new ArrayList<>();
        CountDownLatch kept = new CountDownLatch(1);
        Future<Void> meanwhile = scheduler.submit(() -> {
            kept.await();
            return null;
        });
        reversions.schedule("pool", NEAR, () -> "pool");
        reversions.keep("pool");
        reversions.schedule("log", NEAR.multipliedBy(2), () -> "log");
        kept.countDown();
        meanwhile.get();

        things.add(told.poll(10, TimeUnit.SECONDS));
        assertThat(things).containsExactly("log");
    }

    @Test
    void a_level_of_the_log_ends_after_its_minutes() throws Exception {
        LoggerContext loggers = new LoggerContext();
        LogLevel action = new LogLevel(loggers, reversions, InstantSource.system(), NEAR);
        ObjectNode body = (ObjectNode)
                new ObjectMapper().readTree("{\"logger\": \"dev.lectern\", \"level\": \"TRACE\", \"minutes\": 2}");

        Outcome outcome = action.prepare(new Fields(body)).execute();

        assertThat(outcome.effect()).isEqualTo("`dev.lectern` logs TRACE instead of DEBUG for 2 min.");
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("`dev.lectern` logs DEBUG again");
        assertThat(loggers.getLogger("dev.lectern").getLevel()).isNull();
        assertThat(loggers.getLogger("ROOT").getLevel()).isEqualTo(Level.DEBUG);
    }
}
