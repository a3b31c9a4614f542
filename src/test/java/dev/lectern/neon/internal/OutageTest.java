package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.NeonSettings.Patience;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.Waking;
import dev.lectern.neon.monitor.DatabaseState.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class OutageTest {

    private static final DatabaseFailure BROKEN = new ConnectionLost(ConnectionLost.Reason.BROKEN);
    private static final DatabaseFailure TERMINATED = new ConnectionLost(ConnectionLost.Reason.TERMINATED);
    private static final DatabaseFailure UNREACHABLE = new Down(Down.Reason.UNREACHABLE);
    private static final DatabaseFailure QUOTA = new Down(Down.Reason.QUOTA);

    private final Patience patience = Patience.DEFAULT;

    @Test
    void waits_while_the_first_attempt_is_under_way_since_neon_holds_it_until_the_compute_is_awake() {
        Outage outage = Outage.begin(BROKEN, 0, 0);

        assertThat(outage.next()).isZero();
        assertThat(outage.refuses(seconds(60), patience)).isFalse();
        assertThat(outage.status(seconds(60), patience)).isEqualTo(Status.WAKING);
        assertThat(outage.told()).isInstanceOf(Waking.class);
    }

    @Test
    void is_patient_for_half_a_second_with_a_server_that_is_gone_and_longer_with_one_that_said_so() {
        Outage gone = Outage.begin(BROKEN, 0, 0).failed(UNREACHABLE, millis(1));
        assertThat(gone.refuses(millis(499), patience)).isFalse();
        assertThat(gone.refuses(millis(500), patience)).isTrue();
        assertThat(gone.status(millis(500), patience)).isEqualTo(Status.DOWN);

        Outage restarting = Outage.begin(TERMINATED, 0, 0).failed(UNREACHABLE, millis(1));
        assertThat(restarting.refuses(millis(4999), patience)).isFalse();
        assertThat(restarting.refuses(millis(5000), patience)).isTrue();
    }

    @Test
    void is_not_patient_with_what_does_not_pass() {
        assertThat(Outage.begin(BROKEN, 0, 0).failed(QUOTA, 0).refuses(0, patience))
                .isTrue();
        assertThat(Outage.begin(BROKEN, 0, 0)
                        .failed(new Saturated(Saturated.Reason.SLOTS), 0)
                        .status(0, patience))
                .isEqualTo(Status.SATURATED);
    }

    @Test
    void waits_for_what_wakes_as_long_as_a_restart_may_take_and_never_calls_it_down() {
        Outage waking = Outage.begin(BROKEN, 0, 0).failed(new Waking(Waking.Reason.STARTING), 0);

        assertThat(waking.refuses(millis(4999), patience)).isFalse();
        assertThat(waking.untilRefusing(millis(4999), patience)).isEqualTo(millis(1));
        assertThat(waking.refuses(seconds(5), patience)).isTrue();
        assertThat(waking.status(seconds(60), patience)).isEqualTo(Status.WAKING);
        assertThat(waking.told()).isEqualTo(new Waking(Waking.Reason.STARTING));
    }

    @Test
    void hurries_in_silence_and_gives_a_server_that_may_only_be_slow_more_and_more_time() {
        Outage silent = Outage.begin(new ConnectionLost(ConnectionLost.Reason.SILENT), 0, 0);
        List<Long> millis = new ArrayList<>();
        for (int attempt = 1; attempt <= 12; attempt++) {
            millis.add(silent.loginWithin().orElseThrow().toMillis());
            silent = silent.failed(UNREACHABLE, 0);
        }

        assertThat(millis).containsExactly(600L, 600L, 600L, 600L, 600L, 600L, 600L, 600L, 1200L, 2400L, 4800L, 4800L);
        assertThat(silent.failed(QUOTA, 0).loginWithin()).isEmpty();
        assertThat(Outage.begin(BROKEN, 0, 0).loginWithin()).isEmpty();
    }

    @Test
    void tries_at_once_when_somebody_asks_again_but_not_sooner_than_the_class_allows() {
        Outage quota = Outage.begin(BROKEN, 0, 0).failed(QUOTA, 0);

        assertThat(quota.asked(seconds(20))).isSameAs(quota);
        assertThat(quota.asked(seconds(60)).next()).isEqualTo(seconds(60));
        assertThat(quota.asked(seconds(60)).refuses(seconds(60), patience)).isFalse();
    }

    @Test
    void waits_before_the_next_attempt_where_the_last_one_had_opened_in_vain() {
        assertThat(Outage.begin(BROKEN, 1, 0).next()).isPositive();
    }

    @Test
    void refuses_at_once_after_an_attempt_in_vain_where_the_pooler_has_no_connection_for_us() {
        Optional<DatabaseFailure> queueTimeout = Optional.of(new Saturated(Saturated.Reason.QUEUE_TIMEOUT));

        Outage first = Outage.withoutConnections(Optional.empty(), queueTimeout, false, 0, 0);
        assertThat(first.refuses(seconds(60), patience)).isFalse();

        Outage second = Outage.withoutConnections(Optional.empty(), queueTimeout, false, 1, 0);
        assertThat(second.refuses(0, patience)).isTrue();
        assertThat(second.told()).isEqualTo(new Saturated(Saturated.Reason.QUEUE_TIMEOUT));
        assertThat(second.status(0, patience)).isEqualTo(Status.SATURATED);
        assertThat(second.next()).isPositive();
    }

    @Test
    void asks_often_while_a_wake_is_young_or_nothing_is_heard_and_less_often_later() {
        Waking waking = new Waking(Waking.Reason.STARTING);
        Outage young = Outage.begin(TERMINATED, 0, 0);
        Outage silent = Outage.begin(new ConnectionLost(ConnectionLost.Reason.SILENT), 0, 0);
        for (int i = 0; i < 5; i++) {
            young = young.failed(waking, millis(4999));
            silent = silent.failed(UNREACHABLE, seconds(60));
        }

        assertThat(young.next()).isBetween(millis(4999), millis(5199));
        assertThat(young.failed(waking, seconds(5)).next()).isGreaterThan(millis(5700));
        assertThat(silent.silent()).isTrue();
        assertThat(silent.next()).isBetween(seconds(60), millis(60_200));
        assertThat(silent.failed(QUOTA, seconds(61)).silent()).isFalse();
    }

    @Property
    void pauses_between_the_bounds_of_the_class(@ForAll @IntRange(min = 0, max = 1000) int attempts) {
        assertThat(Outage.pause(UNREACHABLE, attempts)).isBetween(millis(75), seconds(1));
        assertThat(Outage.pause(new Down(Down.Reason.CREDENTIALS), attempts)).isBetween(seconds(5), millis(5400));
        assertThat(Outage.pause(QUOTA, attempts)).isBetween(seconds(30), millis(32_000));
    }

    private static long seconds(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
