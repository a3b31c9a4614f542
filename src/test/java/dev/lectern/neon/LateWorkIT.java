package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.one;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What becomes of work that does not get the time it needs.
@Timeout(60)
@Tag("alone")
class LateWorkIT {

    @RegisterExtension
    static final DistantDatabase DATABASE = new DistantDatabase();

    private final NeonDatabase neon = DATABASE.open();

    @Test
    void work_of_several_statements_ends_with_its_deadline() {
        assertLate(Duration.ofMillis(700), connection -> {
            one(connection, 0.5);
            DATABASE.inject(new Fault.BlackHole());
            return one(connection);
        });
    }

    @Test
    void a_statement_that_begins_after_the_deadline_is_not_waited_for() {
        Duration time = Duration.ofMillis(300);
        Deadline over = Deadline.in(time.plusMillis(1));
        assertLate(time, connection -> {
            while (!over.passed()) {
                LockSupport.parkNanos(over.remaining().toNanos());
            }
            return one(connection, 5);
        });
    }

    @Test
    void whoever_gets_no_further_connection_is_told_why() throws Exception {
        NeonDatabase narrow = DATABASE.open(DATABASE.settings().withMaximumPoolSize(1));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Integer> holder = callers.submit(() -> read(narrow, connection -> {
                held.countDown();
                await(release);
                return one(connection);
            }));
            held.await();
            DATABASE.inject(new Fault.RefuseLogins(LoginRefusal.WRONG_PASSWORD, null));
            narrow.resize(2);

            Throwable told = catchThrowable(() -> read(narrow, Duration.ofMillis(800), SampleWork::one));

            release.countDown();
            assertThat(told)
                    .isInstanceOfSatisfying(
                            DatabaseUnavailableException.class,
                            e -> assertThat(e.failure()).isEqualTo(new Down(Down.Reason.CREDENTIALS)));
            assertThat(holder.get()).isOne();
        }
    }

    @Test
    void a_deadline_that_has_passed_is_called_so() {
        read(neon);

        assertThatThrownBy(() -> read(neon, Duration.ZERO, SampleWork::one))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isEqualTo(new TimedOut(TimedOut.Reason.DEADLINE)));
    }

    /// It is told of with the deadline, or within the tenth of a second that a reply may be late.
    private void assertLate(Duration time, SqlWork<Integer> work) {
        read(neon);
        long begin = System.nanoTime();

        assertThatThrownBy(() -> read(neon, time, work))
                .isInstanceOfSatisfying(
                        DatabaseUnavailableException.class,
                        e -> assertThat(e.failure()).isInstanceOf(TimedOut.class));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(time.plusMillis(100));
    }
}
