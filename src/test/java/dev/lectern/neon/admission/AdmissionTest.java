package dev.lectern.neon.admission;

import static dev.lectern.neon.admission.Criticality.BACKGROUND;
import static dev.lectern.neon.admission.Criticality.COMPLETION;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_READ;
import static dev.lectern.neon.admission.Criticality.INTERACTIVE_WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdmissionTest {

    private static final List<Criticality> ALL = List.of(Criticality.values());
    private static final List<Permit.Outcome> OUTCOMES = List.of(Permit.Outcome.values());
    private static final Executor THREADS = Thread::startVirtualThread;

    @Test
    void a_permit_comes_back_when_it_is_closed_and_only_once() {
        Admission admission = new Admission(2);
        Permit permit = admission.acquire(INTERACTIVE_READ, soon());
        assertThat(admission.inUse()).isOne();

        permit.close();
        permit.close();

        assertThat(admission.inUse()).isZero();
        assertThat(admission.maximum()).isEqualTo(2);
        assertThat(admission.limit()).isEqualTo(2);
    }

    @Test
    void refuses_whose_deadline_has_passed_without_a_stack_trace() {
        Admission admission = new Admission(1);

        DatabaseUnavailableException refusal = catchThrowableOfType(
                DatabaseUnavailableException.class,
                () -> admission.acquire(INTERACTIVE_READ, Deadline.in(Duration.ZERO)));

        assertThat(refusal.failure()).isEqualTo(new TimedOut(TimedOut.Reason.DEADLINE));
        assertThat(refusal.retryAfter()).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(10));
        assertThat(refusal.getStackTrace()).isEmpty();
        assertThat(refusal.getCause()).isNull();
    }

    @Test
    void refuses_who_waits_when_the_deadline_passes() {
        Admission admission = new Admission(1);
        try (Permit held = admission.acquire(INTERACTIVE_READ, soon())) {
            long start = System.nanoTime();

            assertThatThrownBy(() -> admission.acquire(INTERACTIVE_READ, Deadline.in(Duration.ofMillis(20))))
                    .isInstanceOf(DatabaseUnavailableException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(20));
            assertThat(admission.waiting()).isZero();
            assertThat(held.outcome()).isEqualTo(Permit.Outcome.IGNORE);
        }
        assertThat(admission.inUse()).isZero();
    }

    @Test
    void whose_deadline_is_near_does_not_wait_for_those_who_came_with_more_time() {
        Admission admission = new Admission(1);
        try (Permit _ = admission.acquire(INTERACTIVE_READ, soon())) {
            CompletableFuture<Permit> patient = ask(admission, INTERACTIVE_READ, 1);

            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> admission.acquire(INTERACTIVE_READ, Deadline.in(Duration.ofMillis(20))))
                        .isInstanceOf(DatabaseUnavailableException.class);
            }

            assertThat(patient).isNotDone();
            assertThat(admission.waiting()).isOne();
            admission.refuseWaiting();
            assertThatThrownBy(patient::join).hasCauseInstanceOf(DatabaseUnavailableException.class);
        }
    }

    @Test
    void a_deadline_passes_also_after_a_time_in_which_nobody_waited() {
        Admission admission = new Admission(1);
        try (Permit _ = admission.acquire(INTERACTIVE_READ, soon())) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> admission.acquire(INTERACTIVE_READ, Deadline.in(Duration.ofMillis(20))))
                        .isInstanceOf(DatabaseUnavailableException.class);
                assertThat(admission.waiting()).isZero();
            }
        }
    }

    @Test
    void serves_the_most_critical_of_those_who_wait() {
        Admission admission = new Admission(1);
        Permit held = admission.acquire(COMPLETION, soon());
        CompletableFuture<Permit> background = ask(admission, BACKGROUND, 1);
        CompletableFuture<Permit> write = ask(admission, INTERACTIVE_WRITE, 2);
        assertThat(admission.waiting()).isEqualTo(2);

        held.close();
        Permit first = write.join();
        assertThat(background).isNotDone();
        first.close();
        background.join().close();

        assertThat(admission.inUse()).isZero();
    }

    @Test
    void refuses_who_waits_when_told_to_and_serves_who_comes_later() {
        Admission admission = new Admission(1);
        Permit held = admission.acquire(INTERACTIVE_READ, soon());
        CompletableFuture<Permit> waiting = ask(admission, INTERACTIVE_WRITE, 1);

        admission.refuseWaiting();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(DatabaseUnavailableException.class);
        CompletableFuture<Permit> later = ask(admission, INTERACTIVE_WRITE, 1);
        held.close();
        later.join().close();
        assertThat(admission.inUse()).isZero();
    }

    @Test
    void growing_wakes_who_waits_at_once_and_shrinking_waits_for_nobody() {
        Admission admission = new Admission(1);
        Permit held = admission.acquire(COMPLETION, soon());
        CompletableFuture<Permit> second = ask(admission, COMPLETION, 1);

        admission.resize(2);
        Permit woken = second.join();
        admission.resize(1);

        assertThat(admission.maximum()).isOne();
        assertThat(admission.inUse()).isEqualTo(2);
        CompletableFuture<Permit> third = ask(admission, COMPLETION, 1);
        held.close();
        assertThat(third).isNotDone();
        woken.close();
        third.join().close();
    }

    @Test
    void who_is_interrupted_while_waiting_leaves_no_trace() {
        Admission admission = new Admission(1);
        Permit held = admission.acquire(COMPLETION, soon());
        AtomicReference<Thread> waiter = new AtomicReference<>();
        CompletableFuture<Permit> waiting = CompletableFuture.supplyAsync(
                () -> {
                    waiter.set(Thread.currentThread());
                    try {
                        return admission.acquire(COMPLETION, soon());
                    } finally {
                        assertThat(Thread.currentThread().isInterrupted()).isTrue();
                    }
                },
                THREADS);
        until(() -> admission.waiting() == 1);

        waiter.get().interrupt();

        assertThatThrownBy(waiting::join).hasCauseInstanceOf(CancellationException.class);
        assertThat(admission.waiting()).isZero();
        held.close();
        admission.acquire(COMPLETION, soon()).close();
    }

    @Test
    void draining_refuses_who_waits_or_comes_and_waits_for_what_is_out() {
        Admission admission = new Admission(1);
        Permit held = admission.acquire(COMPLETION, soon());
        CompletableFuture<Permit> waiting = ask(admission, COMPLETION, 1);
        CompletableFuture<Boolean> drained = CompletableFuture.supplyAsync(() -> admission.drain(soon()), THREADS);

        assertThatThrownBy(waiting::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.CLOSED)));
        assertThatThrownBy(() -> admission.acquire(COMPLETION, soon()))
                .isInstanceOf(DatabaseUnavailableException.class);
        assertThat(drained).isNotDone();

        held.close();
        assertThat(drained.join()).isTrue();
    }

    @Test
    void draining_does_not_wait_beyond_its_deadline() {
        Admission admission = new Admission(1);
        try (Permit held = admission.acquire(COMPLETION, soon())) {
            assertThat(held).isNotNull();
            assertThat(admission.drain(Deadline.in(Duration.ofMillis(10)))).isFalse();
        }
    }

    @Test
    void thousands_of_threads_find_never_more_permits_out_than_there_are_and_none_lost() throws Exception {
        Admission admission = new Admission(8);
        AtomicInteger out = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        int threads = 5_000;
        CountDownLatch done = new CountDownLatch(threads);
        List<Thread> started = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            started.add(Thread.startVirtualThread(() -> {
                try {
                    ThreadLocalRandom random = ThreadLocalRandom.current();
                    Criticality criticality = ALL.get(number % ALL.size());
                    Duration patience = Duration.ofNanos(random.nextLong(200_000_000));
                    try (Permit permit = admission.acquire(criticality, Deadline.in(patience))) {
                        most.accumulateAndGet(out.incrementAndGet(), Math::max);
                        permit.begins();
                        // Lets other threads run while it holds its permit, as a statement does.
                        LockSupport.parkNanos(1_000);
                        permit.ends(OUTCOMES.get(number % OUTCOMES.size()));
                        out.decrementAndGet();
                    }
                } catch (DatabaseUnavailableException | CancellationException e) {
                    // Refused, or interrupted: either is an end.
                    ended.incrementAndGet();
                } finally {
                    done.countDown();
                }
            }));
            if (i % 97 == 0) {
                started.get(i / 2).interrupt();
            }
            if (i % 501 == 0) {
                admission.resize(1 + i % 8);
            }
        }
        done.await();

        assertThat(most.get()).isBetween(1, 8);
        assertThat(ended.get()).isLessThan(threads);
        assertThat(admission.inUse()).isZero();
        assertThat(admission.waiting()).isZero();
        admission.resize(8);
        for (int i = 0; i < 4; i++) {
            assertThat(admission.acquire(COMPLETION, soon())).isNotNull();
        }
    }

    /// Asks in another thread, and waits until so many wait in all.
    private static CompletableFuture<Permit> ask(Admission admission, Criticality criticality, int waiting) {
        CompletableFuture<Permit> asked =
                CompletableFuture.supplyAsync(() -> admission.acquire(criticality, soon()), THREADS);
        until(() -> admission.waiting() == waiting);
        return asked;
    }

    private static void until(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.onSpinWait();
        }
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(30));
    }
}
