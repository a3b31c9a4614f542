package dev.lectern.retrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lectern.neon.admission.Requester;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TurnsTest {

    private final Turns turns = new Turns("test", 1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> served = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    @Test
    void whoever_asks_for_much_waits_for_himself() throws InterruptedException {
        hold();
        for (String name : List.of("a1", "a2", "a3", "b1", "b2", "c1")) {
            queue(name, name.substring(0, 1));
        }

        over.countDown();
        join();

        assertThat(served).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
    }

    @Test
    void those_who_are_nobodys_take_turns_as_they_come() throws InterruptedException {
        hold();
        queue("first", null);
        queue("second", null);
        queue("third", "a");
        queue("fourth", null);

        over.countDown();
        join();

        assertThat(served).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void whose_turn_does_not_come_in_time_goes_without_and_is_in_nobodys_way() throws InterruptedException {
        hold();
        assertThat(turns.within(Duration.ofMillis(1), () -> "late")).isEmpty();
        assertThat(turns.waiting()).isZero();

        over.countDown();
        join();

        assertThat(turns.within(Duration.ZERO, () -> "in time")).contains("in time");
    }

    @Test
    void who_is_interrupted_gives_the_wait_up() throws Exception {
        hold();
        FutureTask<String> waiting = new FutureTask<>(() -> turns.take(() -> "never"));
        Thread thread = Thread.ofVirtual().start(waiting);
        awaitWaiting(1);

        thread.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> waiting.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancellationException.class);
        assertThat(turns.waiting()).isZero();
        over.countDown();
        assertThat(turns.take(() -> "next")).isEqualTo("next");
    }

    @Test
    void work_that_fails_gives_its_turn_back() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("broken");
                }));

        assertThat(turns.within(Duration.ZERO, () -> "next")).contains("next");
    }

    @Test
    void who_is_interrupted_in_its_turn_goes_and_the_turn_is_given_back_at_its_end() throws Exception {
        CountDownLatch computing = new CountDownLatch(1);
        FutureTask<String> interrupted = new FutureTask<>(() -> turns.take(() -> {
            computing.countDown();
            awaitOver();
            return "for nobody";
        }));
        Thread thread = Thread.ofVirtual().start(interrupted);
        computing.await();

        thread.interrupt();

        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> interrupted.get(30, TimeUnit.SECONDS))
                .withCauseInstanceOf(CancellationException.class);
        assertThat(turns.within(Duration.ZERO, () -> "too early")).isEmpty();
        over.countDown();
        assertThat(turns.take(() -> "next")).isEqualTo("next");
    }

    @Test
    void what_computes_at_each_processor_keeps_no_virtual_thread_waiting() throws InterruptedException {
        int processors = Runtime.getRuntime().availableProcessors();
        Turns all = new Turns("test", processors);
        CountDownLatch computing = new CountDownLatch(processors);
        AtomicBoolean served = new AtomicBoolean();
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        List<Boolean> meanwhile = new CopyOnWriteArrayList<>();
        for (int i = 0; i < processors; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> meanwhile.add(all.take(() -> {
                        computing.countDown();
                        while (!served.get() && System.nanoTime() < end) {
                            Thread.onSpinWait();
                        }
                        return served.get();
                    }))));
        }
        computing.await();

        Thread.ofVirtual().start(() -> served.set(true));
        join();

        assertThat(meanwhile).hasSize(processors).containsOnly(true);
    }

    /// Has the only turn until the test lets it go.
    private void hold() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        threads.add(Thread.ofVirtual()
                .start(() -> turns.take(() -> {
                    held.countDown();
                    awaitOver();
                    return "held";
                })));
        held.await();
    }

    private void queue(String name, @Nullable String requester) {
        int before = turns.waiting();
        Runnable wait = () -> turns.take(() -> served.add(name));
        threads.add(Thread.ofVirtual().start(() -> {
            if (requester == null) {
                wait.run();
            } else {
                ScopedValue.where(Requester.OF_REQUEST, new Requester(requester))
                        .run(wait);
            }
        }));
        awaitWaiting(before + 1);
    }

    private void awaitWaiting(int count) {
        while (turns.waiting() != count) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void awaitOver() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
