package dev.lectern.neonapi;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.lectern.neon.Secret;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.warmup.Always;
import dev.lectern.neon.warmup.ComputeReport.State;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTerms;
import dev.lectern.testing.CapturedLog;
import dev.lectern.testing.StubNeonApi;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The whole way from Neon's answers to warm-up, with milliseconds instead of quarters of an hour.
@Timeout(60)
class ReconciliationTest {

    private static final Instant START = Instant.parse("2026-11-23T09:30:00Z");
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final PollSchedule FAST = new PollSchedule(MILLI, MILLI, MILLI, MILLI);

    private final StubNeonApi neon = new StubNeonApi();
    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final WarmupMonitor monitor =
            new WarmupMonitor(new Warmup(new Always(), WarmupTerms.DEFAULT), ZoneOffset.UTC, now::get);
    private final CapturedLog log = CapturedLog.of(Reconciliation.class.getPackageName());
    private final Reconciliation reconciliation = new Reconciliation(
            new NeonApi(new NeonApiSettings(
                    neon.url(),
                    new Secret(StubNeonApi.KEY),
                    StubNeonApi.PROJECT,
                    StubNeonApi.ENDPOINT,
                    Duration.ofSeconds(20))),
            monitor,
            FAST,
            now::get);
    private final Thread thread = Thread.ofVirtual().unstarted(reconciliation);

    @AfterEach
    void stop() throws InterruptedException {
        reconciliation.close();
        thread.join();
        log.close();
        neon.close();
        assertThat(log.messages()).noneMatch(message -> message.contains("s3cret"));
    }

    @Test
    void warm_up_goes_by_the_suspend_timeout_and_the_size_that_Neon_says_and_tells_so_once() {
        neon.compute("""
                "current_state": "idle", "suspend_timeout_seconds": 60, "autoscaling_limit_min_cu": 1""");
        thread.start();
        ask(5);

        assertThat(monitor.warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(1));
        assertThat(monitor.warmup().terms().cu()).isEqualTo(1);
        assertThat(log.messages())
                .filteredOn(message -> message.contains("Neon says"))
                .singleElement()
                .asString()
                .contains("suspended after 60 s, 1.0 CU", "suspended after 300 s, 0.25 CU", "NEON_SUSPEND_TIMEOUT");

        neon.compute("\"current_state\": \"active\", \"suspend_timeout_seconds\": -1");
        until(() -> !monitor.warmup().sleeps());
        assertThat(monitor.plan().touch()).isFalse();
        until(() -> log.messages().stream().anyMatch(message -> message.contains("never suspended")));
    }

    @Test
    void what_is_as_configured_is_told_once_and_changes_nothing() {
        neon.compute("""
                "current_state": "idle", "suspend_timeout_seconds": 0, "autoscaling_limit_min_cu": 0.25""");
        thread.start();
        ask(5);

        assertThat(monitor.warmup()).isEqualTo(new Warmup(new Always(), WarmupTerms.DEFAULT));
        assertThat(log.messages())
                .filteredOn(message -> message.contains("Neon says"))
                .singleElement()
                .asString()
                .contains("as configured");
        assertThat(reconciliation.state()).isEqualTo(State.IDLE);
        assertThat(reconciliation.age().orElseThrow()).isLessThan(Duration.ofSeconds(1));
        assertThat(reconciliation.failure()).isEmpty();
        assertThat(reconciliation.corrections()).isZero();
    }

    @Test
    void a_compute_that_sleeps_while_it_was_thought_awake_is_counted_as_a_correction() {
        reader();
        now.set(START.plusSeconds(120));
        neon.compute("\"current_state\": \"idle\", \"suspended_at\": \"2026-11-23T09:31:40Z\"");
        thread.start();
        until(() -> reconciliation.corrections() == 1);

        assertThat(monitor.awakeUntil()).isEqualTo(START.plusSeconds(100));
        assertThat(monitor.plan().touch()).isTrue();
        assertThat(monitor.plan().at()).isEqualTo(now.get());
    }

    @Test
    void a_refused_key_is_told_once_as_a_warning_until_an_answer_comes() {
        neon.computeAnswers(401, "{\"message\": \"authorization header invalid\"}");
        thread.start();
        ask(5);

        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("401", "NEON_API_KEY");
        assertThat(reconciliation.failure()).contains("401");
        // The fifth question shows that four are over.
        assertThat(reconciliation.unanswered()).isGreaterThanOrEqualTo(4);
        assertThat(reconciliation.state()).isEqualTo(State.UNKNOWN);
        assertThat(reconciliation.age()).isEmpty();

        neon.computeAnswers(404, "{}");
        ask(3);
        assertThat(log.messages(Level.WARN)).hasSize(2).last().asString().contains("404", "NEON_ENDPOINT_ID");

        neon.compute("\"current_state\": \"idle\"");
        until(() -> reconciliation.failure().isEmpty());
        neon.computeAnswers(404, "{}");
        ask(3);
        assertThat(log.messages(Level.WARN)).hasSize(3);
    }

    @Test
    void a_disabled_compute_is_told_once_as_a_warning() {
        neon.compute("\"current_state\": \"idle\", \"disabled\": true");
        thread.start();
        ask(4);

        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("disabled");
        assertThat(monitor.plan().touch()).isFalse();
    }

    @Test
    void passing_trouble_is_told_once_and_warm_up_goes_on_by_what_it_knew() {
        neon.compute("\"current_state\": \"idle\", \"suspend_timeout_seconds\": 60");
        thread.start();
        until(() -> monitor.warmup().terms().suspend().toSeconds() == 60);
        neon.computeAnswers(500, "oops");
        ask(3);
        neon.computeAnswers(200, "<html>");
        ask(3);
        neon.computeAnswers(429, "", "Retry-After", "0");
        ask(3);

        assertThat(log.messages(Level.WARN)).isEmpty();
        assertThat(log.messages(Level.INFO))
                .filteredOn(message -> message.contains("meanwhile"))
                .hasSize(1);
        assertThat(monitor.warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(1));
        assertThat(monitor.plan().touch()).isTrue();

        neon.compute("\"current_state\": \"idle\", \"suspend_timeout_seconds\": 120");
        until(() -> monitor.warmup().terms().suspend().toSeconds() == 120);
        assertThat(log.messages()).anyMatch(message -> message.contains("answers again"));
    }

    @Test
    void does_not_come_back_before_Neon_wants_it() {
        neon.computeAnswers(429, "", "Retry-After", "3000");
        thread.start();
        until(() -> !reconciliation.failure().isEmpty());

        Instant later = now.get().plusMillis(100);
        until(() -> now.get().isAfter(later));

        assertThat(neon.questions()).isOne();
    }

    @Test
    void ends_at_once_though_Neon_does_not_answer() throws Exception {
        neon.staysSilent();
        thread.start();
        neon.awaitQuestions(1);

        long begin = System.nanoTime();
        reconciliation.close();
        thread.join();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void shows_what_Neon_bills_beside_the_estimate() {
        neon.compute("\"current_state\": \"idle\"");
        neon.project(200, "{\"project\": {\"org_id\": \"org-1\"}}");
        neon.consumption("daily", 200, consumption("2026-11-22T00:00:00Z", 36_000));
        neon.consumption("hourly", 200, consumption("2026-11-23T08:00:00Z", 1_800));
        thread.start();
        until(() -> reconciliation.cuHoursThisMonth().isPresent());

        assertThat(reconciliation.cuHoursThisMonth()).hasValue(10.5);
        assertThat(log.messages())
                .anyMatch(message -> message.contains("10.50 CU-hours") && message.contains("2026-11-23T09:00:00Z"));
        assertThat(neon.asked())
                .anyMatch(each -> each.contains("granularity=daily&from=2026-11-01T00%3A00%3A00Z&to=2026-11-23T00"))
                .anyMatch(each -> each.contains("granularity=hourly&from=2026-11-23T00%3A00%3A00Z&to=2026-11-23T09"));
        long questions = consumptionQuestions();
        ask(5);
        assertThat(consumptionQuestions()).isEqualTo(questions);

        neon.consumption("hourly", 200, consumption("2026-11-23T09:00:00Z", 3_600));
        now.set(START.plus(Duration.ofHours(1)));
        until(() -> reconciliation.cuHoursThisMonth().orElse(0) == 11);
        assertThat(log.messages())
                .filteredOn(message -> message.contains("CU-hours"))
                .hasSize(1);

        now.set(Instant.parse("2026-12-01T00:20:00Z"));
        assertThat(reconciliation.cuHoursThisMonth()).isEmpty();
    }

    @Test
    void without_a_paid_plan_what_Neon_bills_is_left_out_and_the_rest_goes_on() {
        neon.compute("\"current_state\": \"idle\", \"suspend_timeout_seconds\": 60");
        neon.project(200, "{\"project\": {\"org_id\": \"org-1\"}}");
        neon.consumption("daily", 403, "{\"message\": \"not for this account\"}");
        thread.start();
        ask(4);

        assertThat(reconciliation.cuHoursThisMonth()).isEmpty();
        assertThat(reconciliation.failure()).isEmpty();
        assertThat(log.messages(Level.WARN)).isEmpty();
        assertThat(log.messages())
                .filteredOn(message -> message.contains("paid plans"))
                .hasSize(1);
        assertThat(consumptionQuestions()).isOne();
        assertThat(monitor.warmup().terms().suspend()).isEqualTo(Duration.ofMinutes(1));
    }

    /// Lets it ask some more times.
    private void ask(int more) {
        long asked = neon.questions();
        until(() -> neon.questions() >= asked + more);
    }

    /// Waits for something that is going to be so, while the clock goes on.
    private void until(BooleanSupplier condition) {
        StubNeonApi.until(() -> {
            now.updateAndGet(time -> time.plusMillis(1));
            return condition.getAsBoolean();
        });
    }

    private void reader() {
        monitor.permitAcquired(Criticality.INTERACTIVE_READ, Duration.ZERO);
        monitor.workFinished(Criticality.INTERACTIVE_READ, Duration.ZERO, Permit.Outcome.SUCCESS);
    }

    private long consumptionQuestions() {
        return neon.asked().stream()
                .filter(each -> each.contains("consumption"))
                .count();
    }

    private static String consumption(String start, int seconds) {
        return "{\"projects\": [{\"project_id\": \"project-1\", \"periods\": [{\"consumption\": [{\"timeframe_start\": \""
                + start + "\", \"metrics\": [{\"metric_name\": \"compute_unit_seconds\", \"value\": " + seconds
                + "}]}]}]}]}";
    }
}
