package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThreadDumpTest {

    private static final int PAIRS = 8;
    private static final int DUMPS = 500;

    private final Set<Thread> virtual = ConcurrentHashMap.newKeySet();

    @AfterEach
    void stop() throws InterruptedException {
        for (Thread thread : virtual) {
            thread.interrupt();
        }
        for (Thread thread : virtual) {
            thread.join();
        }
    }

    @Test
    void has_the_platform_s_threads_and_the_virtual_ones_that_are_asked_for() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        Thread asked = start("asked for", never::await);
        start("another", never::await);
        while (asked.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        String dump = ThreadDump.take(Set.of(asked));

        assertThat(dump)
                .contains("#%d \"asked for\" virtual WAITING".formatted(asked.threadId()))
                .contains("java.util.concurrent.CountDownLatch.await")
                .contains(
                        "\"%s\" RUNNABLE".formatted(Thread.currentThread().getName()),
                        getClass().getName())
                .doesNotContain("\"another\"");
    }

    @Test
    void does_no_harm_to_threads_that_come_to_a_carrier_and_leave_it() {
        for (int i = 0; i < PAIRS; i++) {
            SynchronousQueue<Integer> queue = new SynchronousQueue<>();
            start("gives", () -> {
                while (true) {
                    queue.put(1);
                }
            });
            start("takes", () -> {
                while (true) {
                    queue.take();
                }
            });
        }

        for (int i = 0; i < DUMPS; i++) {
            assertThat(ThreadDump.take(virtual)).contains("\"gives\" virtual", "\"takes\" virtual");
        }
        assertThat(virtual).allMatch(Thread::isAlive);
    }

    private interface Work {

        void run() throws InterruptedException;
    }

    private Thread start(String name, Work work) {
        Thread thread = Thread.ofVirtual().name(name).start(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        virtual.add(thread);
        return thread;
    }
}
