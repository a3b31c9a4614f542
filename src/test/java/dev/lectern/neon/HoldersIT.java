package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.await;
import static dev.lectern.neon.SampleWork.number;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.embedded.SharedDatabase;
import dev.lectern.neon.NeonSettings.Vigilance;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.neon.monitor.WorkAccount;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Who holds the connections, as an operator sees it.
@Timeout(60)
class HoldersIT {

    @RegisterExtension
    static final SharedDatabase DATABASE = SharedDatabase.sleepless();

    private static final Duration LONGEST = Duration.ofMillis(400);

    private final BlockingQueue<Duration> tooLong = new LinkedBlockingQueue<>();
    private final NeonListener listener = new NeonListener() {
        @Override
        public void heldTooLong(Criticality criticality, Duration held, StackTraceElement[] stack) {
            tooLong.add(held);
        }
    };
    private final NeonDatabase neon = new NeonDatabase(
            NeonSettings.of(NeonUrl.parse(DATABASE.jdbcUrl()))
                    .withMaximumPoolSize(2)
                    .withVigilance(new Vigilance(Duration.ofSeconds(30), Duration.ofMillis(250), LONGEST)),
            listener,
            Preparation.NONE);
    private final CountDownLatch release = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        release.countDown();
        callers.close();
        neon.close();
    }

    @Test
    void nobody_holds_one_while_nothing_is_asked() {
        read(neon);

        assertThat(neon.holders()).isEmpty();
        assertThat(neon.longestHold()).isEqualTo(LONGEST);
    }

    @Test
    void shows_the_request_its_last_statement_without_values_and_where_it_is_once_it_holds_too_long() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        callers.execute(() -> ScopedValue.where(WorkAccount.CURRENT, new WorkAccount("GET /secrets", "r-1"))
                .run(() -> neon.write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), connection -> {
                    number(connection, "SELECT 1");
                    try (PreparedStatement select =
                            connection.prepareStatement("SELECT length(?),\n       pg_backend_pid()")) {
                        select.setString(1, "a reader's secret");
                        select.executeQuery().close();
                    }
                    held.countDown();
                    return waitForALanguageModel(release);
                })));
        await(held);

        assertThat(neon.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.route()).isEqualTo("GET /secrets");
            assertThat(holder.requestId()).isEqualTo("r-1");
            assertThat(holder.criticality()).isEqualTo(Criticality.INTERACTIVE_WRITE);
            assertThat(holder.backendPid()).isPositive();
            assertThat(holder.sql()).isEqualTo("SELECT length($1), pg_backend_pid()");
        });
        assertThat(tooLong.poll(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
        assertThat(neon.holders()).singleElement().satisfies(holder -> {
            assertThat(holder.tooLong()).isTrue();
            assertThat(holder.age()).isGreaterThan(LONGEST);
            assertThat(holder.stack())
                    .extracting(StackTraceElement::getMethodName)
                    .contains("waitForALanguageModel");
        });
    }

    @Test
    void shows_the_oldest_first_and_nothing_of_the_work_before() throws Exception {
        read(neon);
        for (String request : List.of("first", "second")) {
            CountDownLatch held = new CountDownLatch(1);
            callers.execute(() -> ScopedValue.where(WorkAccount.CURRENT, new WorkAccount("GET", request))
                    .run(() -> read(neon, connection -> {
                        held.countDown();
                        return waitForALanguageModel(release);
                    })));
            await(held);
        }

        assertThat(neon.holders()).extracting(HeldConnection::requestId).containsExactly("first", "second");
        assertThat(neon.holders()).extracting(HeldConnection::sql).containsOnlyNulls();
    }

    @Test
    void work_without_an_account_is_shown_too() {
        read(neon, connection -> {
            assertThat(neon.holders()).singleElement().satisfies(holder -> {
                assertThat(holder.route()).isNull();
                assertThat(holder.requestId()).isNull();
                assertThat(holder.tooLong()).isFalse();
                assertThat(holder.stack()).isEmpty();
            });
            return 0;
        });
    }

    private static int waitForALanguageModel(CountDownLatch latch) {
        await(latch);
        return 0;
    }
}
