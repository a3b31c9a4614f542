package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.console.Symptoms.Load;
import dev.lectern.console.Symptoms.LongHold;
import dev.lectern.console.Symptoms.Slots;
import dev.lectern.console.Symptoms.Slow;
import dev.lectern.console.Symptoms.SlowModel;
import dev.lectern.console.Symptoms.SlowRoute;
import dev.lectern.console.Symptoms.Warmth;
import dev.lectern.console.Verdict.Level;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Conflict;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.ReadOnly;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class DiagnosisTest {

    private static final Instant NOW = Instant.parse("2026-11-24T19:00:00Z");
    private static final Load QUIET = new Load(12, 0, 0, 0, null, null, false);
    private static final Warmth WARM = new Warmth(null, null);
    private static final List<SlotHolder> ETL =
            List.of(new SlotHolder("etl", "app", 71), new SlotHolder("lectern", "app", 6));

    static Stream<DatabaseFailure> everyFailure() {
        return Stream.of(
                        all(Waking.Reason.values(), Waking::new),
                        all(Saturated.Reason.values(), Saturated::new),
                        all(Down.Reason.values(), Down::new),
                        all(ReadOnly.Reason.values(), ReadOnly::new),
                        all(ConnectionLost.Reason.values(), ConnectionLost::new),
                        all(TimedOut.Reason.values(), TimedOut::new),
                        all(Conflict.Reason.values(), Conflict::new))
                .flatMap(each -> each);
    }

    @Test
    void the_table_holds_every_class_of_failure() {
        assertThat(everyFailure().map(DatabaseFailure::getClass).distinct())
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(DatabaseFailure.class.getPermittedSubclasses())
                        .filter(type -> !type.isInterface())
                        .<Class<? extends DatabaseFailure>>map(type -> type.asSubclass(DatabaseFailure.class))
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("everyFailure")
    void each_reason_has_a_sentence_and_a_next_step_of_its_own(DatabaseFailure failure) {
        Verdict verdict = Diagnosis.of(in(state(Status.DOWN, failure, 48), QUIET));

        assertThat(verdict.sentence()).startsWith("DOWN: " + failure.message()).endsWith("; for 48 s.");
        assertThat(verdict.next()).isNotBlank();
        assertThat(everyFailure()
                        .filter(other -> !other.equals(failure))
                        .map(other -> Diagnosis.of(in(state(Status.DOWN, other, 48), QUIET))))
                .allSatisfy(other -> {
                    assertThat(other.next()).isNotEqualTo(verdict.next());
                    assertThat(other.sentence()).isNotEqualTo(verdict.sentence());
                });
    }

    @ParameterizedTest
    @MethodSource("everyFailure")
    void each_reason_is_named_where_work_fails_or_is_refused_for_it(DatabaseFailure failure) {
        Verdict failing = Diagnosis.of(in(ready(), new Load(100, 0, 3, 0, null, failure, false)));
        Verdict refusing = Diagnosis.of(in(ready(), new Load(92, 8, 0, 0, failure, null, false)));

        assertThat(failing.sentence()).contains("sees 3 % of its work fail: " + failure.message());
        assertThat(refusing.sentence()).contains("refuses 8 %: " + failure.message());
        assertThat(failing.next()).isEqualTo(refusing.next()).isEqualTo(Remedy.of(failure));
        assertThat(failing.level()).isEqualTo(Level.BAD);
    }

    @ParameterizedTest
    @EnumSource(Status.class)
    void each_state_is_the_first_word_even_where_its_cause_is_not_known(Status status) {
        Verdict verdict = Diagnosis.of(in(state(status, null, 5), QUIET));

        assertThat(verdict.sentence()).startsWith(status.name().replace('_', '-'));
        assertThat(verdict.sentence()).doesNotContain("null");
    }

    @Test
    void names_who_holds_the_slots_and_what_is_held_and_refused_here() {
        Verdict verdict = Diagnosis.of(symptoms(
                state(Status.SATURATED, new Saturated(Saturated.Reason.SLOTS), 5),
                null,
                new Slots("lectern", 6, 7, 3, OptionalInt.of(97), ETL),
                new Load(88, 12, 0, 0, new Saturated(Saturated.Reason.SLOTS), null, false),
                WARM,
                null,
                null));

        assertThat(verdict)
                .isEqualTo(new Verdict(
                        Level.BAD,
                        "SATURATED: 71 of 97 slots are held by `etl`; this process holds 6 and refuses 12 %.",
                        "Ask `etl` to release connections, or lower the pool's maximum."));
    }

    @Test
    void blames_nobody_else_where_its_own_kind_holds_most() {
        Verdict verdict = Diagnosis.of(symptoms(
                state(Status.SATURATED, new Saturated(Saturated.Reason.SLOTS), 5),
                null,
                new Slots("lectern", 16, 16, 3, OptionalInt.empty(), List.of(new SlotHolder("lectern", "app", 90))),
                QUIET,
                WARM,
                null,
                null));

        assertThat(verdict.sentence())
                .isEqualTo("SATURATED: 90 slots are held by `lectern`, all its processes together;"
                        + " this process holds 16.");
        assertThat(verdict.next()).contains("LECTERN_REPLICAS");
    }

    @Test
    void names_no_holder_where_none_was_found_or_the_pooler_is_full() {
        assertThat(Diagnosis.of(in(state(Status.SATURATED, new Saturated(Saturated.Reason.SLOTS), 5), QUIET))
                        .sentence())
                .startsWith("SATURATED: all connections of the server are in use")
                .doesNotContain("`");
        Verdict pooler = Diagnosis.of(symptoms(
                state(Status.SATURATED, new Saturated(Saturated.Reason.POOLER), 5),
                null,
                new Slots("lectern", 6, 7, 3, OptionalInt.of(97), ETL),
                QUIET,
                WARM,
                null,
                null));
        assertThat(pooler.sentence()).doesNotContain("etl");
    }

    @Test
    void says_that_everything_is_refused_where_it_is() {
        assertThat(Diagnosis.of(in(
                                state(Status.DOWN, new Down(Down.Reason.QUOTA), 200),
                                new Load(0, 40, 0, 0, new Down(Down.Reason.QUOTA), null, false)))
                        .sentence())
                .endsWith("; for 3 min 20 s; this process refuses everything.");
    }

    @Test
    void a_wake_is_a_notice_until_it_takes_longer_than_requests_wait() {
        DatabaseFailure starting = new Waking(Waking.Reason.STARTING);

        assertThat(Diagnosis.of(in(state(Status.WAKING, starting, 1), QUIET)).level())
                .isEqualTo(Level.NOTICE);
        assertThat(Diagnosis.of(in(state(Status.WAKING, starting, 9), QUIET)).level())
                .isEqualTo(Level.BAD);
    }

    @Test
    void a_pause_comes_before_everything_else() {
        Verdict verdict = Diagnosis.of(symptoms(
                state(Status.DOWN, new Down(Down.Reason.UNREACHABLE), 5),
                NOW.plusSeconds(60),
                slots(),
                QUIET,
                WARM,
                null,
                null));

        assertThat(verdict.level()).isEqualTo(Level.NOTICE);
        assertThat(verdict.sentence())
                .isEqualTo("PAUSED: by an operator's will all work is refused until 19:01:00 UTC.");
        assertThat(verdict.next()).startsWith("Resume");
    }

    @Test
    void names_the_route_that_holds_a_connection_for_too_long() {
        Verdict verdict = Diagnosis.of(symptoms(
                ready(), null, slots(), QUIET, WARM, null, new LongHold("POST /api/v1/chat", Duration.ofSeconds(14))));

        assertThat(verdict.level()).isEqualTo(Level.BAD);
        assertThat(verdict.sentence()).startsWith("READY, but `POST /api/v1/chat` has held a connection for 14 s");
    }

    @Test
    void where_the_database_is_well_and_readers_wait_it_tells_model_statements_and_machine_apart() {
        assertThat(slow(4200, 3000, false).next()).contains("statements", "3.0 s");
        assertThat(slow(4200, 20, false).next()).contains("this machine", "20 ms");
        assertThat(slow(4200, 20, false).sentence())
                .isEqualTo("READY, but of `GET /api/v1/search` one request in twenty takes 4.2 s or longer;"
                        + " the target is 200 ms.");
        assertThat(slow(4200, 20, true).sentence()).contains("the language model not counted");
        Verdict model = slow(new SlowModel("GET /api/v1/search", Duration.ofSeconds(9)));
        assertThat(model.level()).isEqualTo(Level.NOTICE);
        assertThat(model.sentence())
                .isEqualTo("READY, but the language model takes 9.0 s or longer for half the requests to"
                        + " `GET /api/v1/search`.");
        assertThat(model.next()).startsWith("Look at the language model's server");
    }

    @Test
    void a_failure_in_a_thousand_is_a_notice() {
        DatabaseFailure conflict = new Conflict(Conflict.Reason.SERIALIZATION);

        assertThat(Diagnosis.of(in(ready(), new Load(1000, 0, 1, 0, null, conflict, false)))
                        .level())
                .isEqualTo(Level.NOTICE);
    }

    @Test
    void more_and_more_that_waits_is_told_before_anybody_is_refused() {
        Verdict verdict = Diagnosis.of(in(ready(), new Load(50, 0, 0, 0, null, null, true)));

        assertThat(verdict.level()).isEqualTo(Level.NOTICE);
        assertThat(verdict.sentence()).contains("more and more waits for a connection: 3 now");
    }

    @Test
    void work_that_is_done_twice_is_told_where_it_is_much_though_nobody_is_harmed() {
        DatabaseFailure broken = new ConnectionLost(ConnectionLost.Reason.BROKEN);

        Verdict much = Diagnosis.of(in(ready(), new Load(100, 0, 0, 4, null, broken, false)));
        assertThat(much.level()).isEqualTo(Level.NOTICE);
        assertThat(much.sentence())
                .isEqualTo("READY, but this process does 4 % of its work twice: the connection broke; this process"
                        + " holds 6 of 16.");
        assertThat(much.next()).startsWith("Look at the network");
        assertThat(Diagnosis.of(in(ready(), new Load(100, 0, 0, 0.5, null, broken, false)))
                        .level())
                .isEqualTo(Level.GOOD);
    }

    @Test
    void warm_up_that_rests_or_has_spent_its_budget_is_a_notice_awake_and_asleep() {
        for (Status status : List.of(Status.READY, Status.ASLEEP)) {
            Verdict halted = Diagnosis.of(symptoms(
                    state(status, null, 5),
                    null,
                    slots(),
                    QUIET,
                    new Warmth("the endpoint is disabled", null),
                    null,
                    null));
            Verdict spent = Diagnosis.of(symptoms(
                    state(status, null, 5),
                    null,
                    slots(),
                    QUIET,
                    new Warmth(null, Instant.parse("2026-12-01T00:00:00Z")),
                    null,
                    null));

            assertThat(halted.sentence()).isEqualTo(status + ", but warm-up rests: the endpoint is disabled.");
            assertThat(spent.sentence()).contains("budget of warm-up is spent: until 2026-12-01");
            assertThat(List.of(halted.level(), spent.level())).containsOnly(Level.NOTICE);
        }
    }

    @Test
    void nothing_is_to_be_done_where_nothing_is_wrong() {
        assertThat(Diagnosis.of(in(ready(), QUIET)))
                .isEqualTo(new Verdict(
                        Level.GOOD, "READY: 12 a second served, nothing refused; this process holds 6 of 16.", null));
        assertThat(Diagnosis.of(in(state(Status.ASLEEP, null, 900), QUIET)).level())
                .isEqualTo(Level.GOOD);
    }

    private static Verdict slow(long p95, long held, boolean asks) {
        return slow(new SlowRoute(
                "GET /api/v1/search", Duration.ofMillis(p95), Duration.ofMillis(200), Duration.ofMillis(held), asks));
    }

    private static Verdict slow(Slow slow) {
        return Diagnosis.of(symptoms(ready(), null, slots(), QUIET, WARM, slow, null));
    }

    private static Symptoms in(DatabaseState state, Load load) {
        return symptoms(state, null, slots(), load, WARM, null, null);
    }

    private static Symptoms symptoms(
            DatabaseState state,
            @Nullable Instant paused,
            Slots slots,
            Load load,
            Warmth warmth,
            @Nullable Slow slow,
            @Nullable LongHold longest) {
        return new Symptoms(NOW, state, paused, slots, load, warmth, slow, longest);
    }

    private static Slots slots() {
        return new Slots("lectern", 6, 16, 3, OptionalInt.empty(), List.of());
    }

    private static DatabaseState ready() {
        return state(Status.READY, null, 60);
    }

    private static DatabaseState state(Status status, @Nullable DatabaseFailure cause, int seconds) {
        return new DatabaseState(status, cause, NOW.minusSeconds(seconds));
    }

    private static <R> Stream<DatabaseFailure> all(R[] reasons, Function<R, DatabaseFailure> failure) {
        return Arrays.stream(reasons).map(failure);
    }
}
