package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.console.Entry.Kind;
import dev.lectern.console.Entry.Level;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.failure.DatabaseFailure;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import dev.lectern.neon.failure.DatabaseFailure.Saturated;
import dev.lectern.neon.failure.DatabaseFailure.TimedOut;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.SlotHolder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionEventsTest {

    private static final DatabaseFailure FULL = new Saturated(Saturated.Reason.PERMITS);
    private static final DatabaseFailure GONE = new Down(Down.Reason.UNREACHABLE);

    private Instant now = Instant.parse("2026-11-24T19:00:00Z");
    private final EventLog log = new EventLog(() -> now);
    private final ConnectionEvents events = new ConnectionEvents(log, () -> now);

    @Test
    void a_flood_of_refusals_makes_one_entry_for_each_class_every_ten_seconds() {
        for (int second = 0; second < 20; second++) {
            for (int i = 0; i < 50; i++) {
                events.refused(Criticality.INTERACTIVE_READ, Duration.ZERO, FULL);
            }
            events.refused(Criticality.BACKGROUND, Duration.ZERO, GONE);
            now = now.plusSeconds(1);
            events.tick();
        }

        assertThat(log.after(0)).hasSize(4).extracting(Entry::kind).containsOnly(Kind.REFUSALS);
        assertThat(log.after(0))
                .extracting(Entry::text)
                .contains(
                        "500 pieces of work were refused within 9.0 s: all connections of this process are in use",
                        "10 pieces of work were refused within 9.0 s: the server cannot be reached");
    }

    @Test
    void one_refusal_is_told_as_one() {
        events.refused(Criticality.BACKGROUND, Duration.ZERO, GONE);
        now = now.plusSeconds(10);
        events.tick();

        assertThat(log.after(0))
                .extracting(Entry::text)
                .containsExactly("1 piece of work was refused: the server cannot be reached");
    }

    @Test
    void attempts_that_fail_one_after_the_other_make_one_entry_once_they_end() {
        for (int i = 0; i < 7; i++) {
            events.connectionFailed(GONE, Duration.ofMillis(20));
            now = now.plusSeconds(2);
            events.tick();
        }
        assertThat(log.after(0)).isEmpty();

        now = now.plusSeconds(10);
        events.tick();

        assertThat(log.after(0))
                .singleElement()
                .extracting(Entry::text)
                .isEqualTo("7 attempts to connect failed within 12 s: the server cannot be reached");
    }

    @Test
    void a_change_of_state_tells_for_how_long_it_was_the_other_way() {
        events.stateChanged(
                new DatabaseState(Status.READY, null, now.minusSeconds(200)),
                new DatabaseState(Status.DOWN, GONE, now));

        Entry entry = log.after(0).getFirst();
        assertThat(entry.text()).isEqualTo("READY → DOWN after 3 min 20 s: the server cannot be reached");
        assertThat(entry.level()).isEqualTo(Level.ERROR);
        assertThat(entry.reason()).isEqualTo("down/unreachable");
    }

    @Test
    void wakes_exhausted_slots_and_long_holds_are_written_down_at_once() {
        events.databaseWoke(Duration.ofMillis(420));
        events.slotsExhausted(List.of(new SlotHolder("etl", "app", 71), new SlotHolder("lectern", "app", 6)));
        events.heldTooLong(Criticality.INTERACTIVE_READ, Duration.ofMillis(10_200), new StackTraceElement[] {
            new StackTraceElement("java.net.Socket", "read", "Socket.java", 1),
            new StackTraceElement("dev.lectern.book.Library", "refresh", "Library.java", 2)
        });

        assertThat(log.after(0))
                .extracting(Entry::text)
                .containsExactly(
                        "The database woke in 420 ms",
                        "The server has no more connections: etl (app) 71, lectern (app) 6",
                        "Work (interactive read) has held a connection for 10 s");
        assertThat(log.after(2).getFirst().reason()).isEqualTo("dev.lectern.book.Library.refresh(Library.java:2)");
    }

    @Test
    void knows_what_most_work_has_met_of_late_and_forgets_it() {
        events.refused(Criticality.BACKGROUND, Duration.ZERO, GONE);
        events.refused(Criticality.BACKGROUND, Duration.ZERO, FULL);
        events.refused(Criticality.BACKGROUND, Duration.ZERO, FULL);
        events.workFailed(Criticality.BACKGROUND, new TimedOut(TimedOut.Reason.LOCK), false);

        assertThat(events.mostRefusedFor()).isEqualTo(FULL);
        assertThat(events.mostFailedFor()).isEqualTo(new TimedOut(TimedOut.Reason.LOCK));
        for (int second = 0; second < 10; second++) {
            events.tick();
        }
        assertThat(events.mostRefusedFor()).isNull();
    }

    @Test
    void keeps_the_last_thousand_entries_and_tells_of_new_ones() {
        AtomicInteger told = new AtomicInteger();
        log.onNews(told::incrementAndGet);
        for (int i = 0; i < 1500; i++) {
            events.databaseWoke(Duration.ofMillis(i));
        }

        assertThat(log.after(0))
                .hasSize(EventLog.MOST)
                .first()
                .extracting(Entry::id)
                .isEqualTo(501L);
        assertThat(log.after(1498)).extracting(Entry::id).containsExactly(1499L, 1500L);
        assertThat(log.last()).isEqualTo(1500);
        assertThat(told).hasValue(1500);
    }
}
