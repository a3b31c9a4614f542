package dev.lectern.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheck.Result;
import dev.lectern.llm.LanguageModel;
import dev.lectern.llm.LanguageModelException;
import dev.lectern.llm.Prompt;
import dev.lectern.llm.Reply;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.HeldConnection;
import dev.lectern.neon.monitor.NeonSnapshot;
import dev.lectern.neon.monitor.NeonSnapshot.Totals;
import dev.lectern.neon.monitor.ServerSlots;
import dev.lectern.neon.warmup.Always;
import dev.lectern.neon.warmup.ArrivalHistory;
import dev.lectern.neon.warmup.Warmup;
import dev.lectern.neon.warmup.WarmupMonitor;
import dev.lectern.neon.warmup.WarmupTerms;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What each check thinks ill, each from what is known already.
class HealthChecksTest {

    private static final Instant NOON = Instant.parse("2025-06-10T12:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final AtomicReference<NeonSnapshot> snapshot = new AtomicReference<>(pool(0, 0));
    private final AtomicReference<List<HeldConnection>> holders = new AtomicReference<>(List.of());
    private final PoolHealthCheck pool = new PoolHealthCheck(snapshot::get, holders::get, now::get);

    @ParameterizedTest
    @CsvSource({
        // active of 4, waiting, seconds, healthy
        "4, 0, 60, true",
        "3, 2, 60, true",
        "4, 2, 4, true",
        "4, 2, 6, false"
    })
    void the_pool_is_ill_while_work_waits_for_some_seconds_and_all_connections_are_in_use(
            int active, int waiting, int seconds, boolean healthy) {
        snapshot.set(pool(active, waiting));
        assertThat(pool.execute().isHealthy()).isTrue();

        now.updateAndGet(then -> then.plusSeconds(seconds));

        assertThat(pool.execute().isHealthy()).isEqualTo(healthy);
        assertThat(pool.execute().getMessage())
                .startsWith(active + " of 4 connections in use, " + waiting + " waiting");
    }

    @Test
    void the_pool_is_well_again_as_soon_as_nobody_waits() {
        snapshot.set(pool(4, 2));
        pool.execute();
        now.updateAndGet(then -> then.plusSeconds(4));
        snapshot.set(pool(4, 0));
        pool.execute();
        snapshot.set(pool(4, 2));
        now.updateAndGet(then -> then.plusSeconds(4));

        assertThat(pool.execute().isHealthy()).isTrue();
    }

    @Test
    void the_pool_is_ill_while_a_connection_is_held_too_long_and_says_by_whom() {
        holders.set(List.of(held("GET /conversations", true), held("GET /messages", false)));

        Result result = pool.execute();

        assertThat(result.isHealthy()).isFalse();
        assertThat(result.getMessage()).contains("held too long: 1", "for 90 s by GET /conversations");
    }

    @Test
    void migrations_are_ill_where_one_failed_and_well_where_nobody_could_look() {
        MigrationsHealthCheck check = new MigrationsHealthCheck(snapshot::get);
        assertThat(check.execute().getMessage()).contains("not looked at yet");

        snapshot.set(snapshot(Status.DOWN, new Down(Down.Reason.PREPARATION), 0, 0, null));
        assertThat(check.execute().isHealthy()).isFalse();
        assertThat(check.execute().getMessage()).contains("migration that failed");

        snapshot.set(snapshot(Status.DOWN, new Down(Down.Reason.UNREACHABLE), 0, 0, new ServerSlots(104, 7)));
        assertThat(check.execute().isHealthy()).isTrue();
        assertThat(check.execute().getMessage()).isEqualTo("up to date");
    }

    @Test
    void books_are_ill_while_there_is_none() {
        assertThat(new BooksHealthCheck(() -> 0, () -> -1).execute().isHealthy())
                .isFalse();
        assertThat(new BooksHealthCheck(() -> 2, () -> 17).execute())
                .returns(true, Result::isHealthy)
                .returns("2 served, revision 17", Result::getMessage);
    }

    @ParameterizedTest
    @EnumSource
    void the_language_model_is_ill_from_a_failed_call_until_one_succeeds(LanguageModelException.Reason reason)
            throws Exception {
        FailingModel model = new FailingModel();
        WatchedModel watched = new WatchedModel(model);
        HealthCheck check = new LanguageModelHealthCheck(watched);
        assertThat(check.execute().getMessage()).isEqualTo("a model");

        model.failure = reason;
        assertThatThrownBy(() -> call(watched)).isInstanceOf(LanguageModelException.class);

        boolean saysNothingOfOthers =
                reason == LanguageModelException.Reason.REFUSED || reason == LanguageModelException.Reason.SHARE_SPENT;
        assertThat(check.execute().isHealthy()).isEqualTo(saysNothingOfOthers);
        model.failure = null;
        assertThat(call(watched).grounded()).isTrue();
        assertThat(check.execute().isHealthy()).isTrue();
    }

    @Test
    void what_one_caller_has_spent_does_not_make_an_ill_model_well() throws Exception {
        FailingModel model = new FailingModel();
        WatchedModel watched = new WatchedModel(model);
        for (LanguageModelException.Reason reason :
                List.of(LanguageModelException.Reason.UNAVAILABLE, LanguageModelException.Reason.SHARE_SPENT)) {
            model.failure = reason;
            assertThatThrownBy(() -> call(watched)).isInstanceOf(LanguageModelException.class);
        }

        assertThat(new LanguageModelHealthCheck(watched).execute().getMessage()).contains("cannot be reached");
    }

    @Test
    void the_warm_up_budget_is_ill_once_it_is_spent_and_says_until_when() {
        assertThat(budget(OptionalDouble.empty(), 100).execute().getMessage()).isEqualTo("there is none");
        assertThat(budget(OptionalDouble.of(10), 2.5).execute())
                .returns(true, Result::isHealthy)
                .returns("2.50 of 10.00 CU-hours", Result::getMessage);

        Result spent = budget(OptionalDouble.of(10), 10).execute();

        assertThat(spent.isHealthy()).isFalse();
        assertThat(spent.getMessage())
                .isEqualTo("10.00 of 10.00 CU-hours are spent: no warm-up until 2025-07-01T00:00:00Z");
    }

    private WarmupBudgetHealthCheck budget(OptionalDouble budget, double spent) {
        WarmupTerms terms = new WarmupTerms(Duration.ofMinutes(5), Duration.ofSeconds(30), 0.25, 0.106, 0.03, budget);
        WarmupMonitor monitor = new WarmupMonitor(new Warmup(new Always(), terms), ZoneOffset.UTC, now::get);
        monitor.restore(new ArrivalHistory(ZoneOffset.UTC, Duration.ofMinutes(5)), spent);
        return new WarmupBudgetHealthCheck(monitor);
    }

    private static Reply call(LanguageModel model) throws LanguageModelException, InterruptedException {
        return model.generate(new Prompt("What is a permit?", null, List.of(), List.of()), piece -> {});
    }

    private static HeldConnection held(String route, boolean tooLong) {
        return new HeldConnection(
                route, "id", Criticality.INTERACTIVE_READ, 1, Duration.ofSeconds(90), "SELECT 1", tooLong, List.of());
    }

    private static NeonSnapshot pool(int active, int waiting) {
        return snapshot(Status.READY, null, active, waiting, null);
    }

    private static NeonSnapshot snapshot(
            Status status, @Nullable DatabaseFailure cause, int active, int waiting, @Nullable ServerSlots server) {
        return new NeonSnapshot(
                new DatabaseState(status, cause, NOON),
                active,
                0,
                waiting,
                active,
                4,
                4,
                server,
                null,
                null,
                null,
                List.of(),
                new Totals(0, 0, 0, 0, 0, 0, 0));
    }

    private static final class FailingModel implements LanguageModel {

        private LanguageModelException.@Nullable Reason failure;

        @Override
        public String name() {
            return "a model";
        }

        @Override
        public Reply generate(Prompt prompt, Consumer<String> text) throws LanguageModelException {
            if (failure != null) {
                throw new LanguageModelException(failure, "it failed", null);
            }
            return new Reply(true);
        }
    }
}
