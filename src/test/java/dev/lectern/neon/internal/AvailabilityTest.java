package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.neon.failure.DatabaseFailure.ConnectionLost;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

    private static final ConnectionLost BROKEN = new ConnectionLost(ConnectionLost.Reason.BROKEN);

    private static final Down PAUSED = new Down(Down.Reason.PAUSED);

    private final AtomicInteger flights = new AtomicInteger();
    private final AtomicInteger givenUp = new AtomicInteger();

    @Test
    void launches_one_flight_however_often_it_is_asked() {
        Availability availability = availability(Duration.ofMinutes(1));

        ask(availability);
        ask(availability);

        assertThat(flights).hasValue(1);
        assertThat(availability.state().status()).isEqualTo(Status.WAKING);
    }

    @Test
    void takes_the_first_sign_of_a_loss_for_all_of_its_generation() {
        Availability availability = availability(Duration.ofMinutes(1));
        availability.opened();
        long generation = availability.generation();

        availability.lost(generation, BROKEN, givenUp::incrementAndGet);
        availability.lost(generation, BROKEN, givenUp::incrementAndGet);
        availability.opened();
        availability.lost(generation, BROKEN, givenUp::incrementAndGet);

        assertThat(givenUp).hasValue(1);
        assertThat(flights).hasValue(1);
        assertThat(availability.isOpen()).isTrue();
    }

    @Test
    void stops_looking_when_nobody_has_asked_for_a_while_and_begins_again_when_somebody_does() throws Exception {
        Availability availability = availability(Duration.ofSeconds(2));
        ask(availability);
        assertThat(availability.awaitTurn()).isTrue();
        availability.attemptFailed(new Down(Down.Reason.QUOTA));

        // The next attempt is 30 s away; the interest ends long before.
        assertThat(availability.awaitTurn()).isFalse();

        ask(availability);
        assertThat(flights).hasValue(2);
    }

    @Test
    void is_thought_asleep_after_the_suspend_timeout() {
        Availability availability = new Availability(
                settings(Duration.ofMinutes(1)).withSuspendTimeout(Duration.ofNanos(1)),
                Clock.systemUTC(),
                NeonListener.NONE);
        assertThat(availability.state().status()).isEqualTo(Status.ASLEEP);

        availability.opened();

        assertThat(availability.state().status()).isEqualTo(Status.ASLEEP);
    }

    @Test
    void is_never_thought_asleep_where_it_is_never_suspended() {
        Availability availability = new Availability(
                settings(Duration.ofMinutes(1)).withSuspendTimeout(Duration.ZERO),
                Clock.systemUTC(),
                NeonListener.NONE);

        availability.opened();

        assertThat(availability.state().status()).isEqualTo(Status.READY);
    }

    @Test
    void tells_who_is_interrupted_so() {
        Availability availability = availability(Duration.ofMinutes(1));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> availability.awaitOpen(Deadline.in(Duration.ofSeconds(20))))
                .isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void refuses_at_the_deadline_while_the_first_attempt_is_under_way() {
        Availability availability = availability(Duration.ofMinutes(1));

        assertThatThrownBy(() -> availability.awaitOpen(Deadline.in(Duration.ofMillis(5))))
                .isInstanceOf(DatabaseUnavailableException.class)
                .hasMessageContaining("starting");
    }

    @Test
    void looks_for_nothing_and_refuses_everything_in_a_pause() throws Exception {
        Availability availability = availability(Duration.ofMinutes(1));
        ask(availability);
        assertThat(availability.awaitTurn()).isTrue();

        availability.pause(Duration.ofHours(1));

        assertThat(availability.awaitTurn()).isFalse();
        assertThat(availability.mayGrow()).isFalse();
        assertThat(refusal(availability).failure()).isEqualTo(PAUSED);
        assertThat(availability.state().status()).isEqualTo(Status.DOWN);
        assertThat(availability.state().cause()).isEqualTo(PAUSED);
        assertThat(flights).hasValue(1);

        availability.resume();
        assertThat(availability.state().status()).isEqualTo(Status.WAKING);
        ask(availability);
        assertThat(flights).hasValue(2);
    }

    @Test
    void is_after_a_pause_what_it_was_before() {
        Availability availability = availability(Duration.ofMinutes(1));
        availability.opened();
        DatabaseState before = availability.state();

        availability.pause(Duration.ofHours(1));
        assertThat(refusal(availability).failure()).isEqualTo(PAUSED);
        availability.resume();

        assertThat(availability.state().isLike(before)).isTrue();
        availability.awaitOpen(Deadline.in(Duration.ZERO));
        assertThat(flights).hasValue(0);
    }

    private static DatabaseUnavailableException refusal(Availability availability) {
        return catchThrowableOfType(
                DatabaseUnavailableException.class, () -> availability.awaitOpen(Deadline.in(Duration.ofSeconds(20))));
    }

    /// Somebody wants the database, and has no time to wait for it.
    private static void ask(Availability availability) {
        assertThatThrownBy(() -> availability.awaitOpen(Deadline.in(Duration.ZERO)))
                .isInstanceOf(DatabaseUnavailableException.class);
    }

    private Availability availability(Duration interest) {
        Availability availability = new Availability(settings(interest), Clock.systemUTC(), NeonListener.NONE);
        availability.launchesWith(flights::incrementAndGet);
        return availability;
    }

    private static NeonSettings settings(Duration interest) {
        return NeonSettings.of(NeonUrl.parse("postgresql://u@localhost/d"))
                .withPatience(new NeonSettings.Patience(Duration.ZERO, Duration.ZERO, interest));
    }
}
