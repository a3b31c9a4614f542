package dev.lectern.neon.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/// Whatever happens, in virtual time.
class PermitQueuePropertyTest {

    private static final long MS = 1_000_000;

    enum Action {
        OFFER,
        RELEASE,
        EXPIRE,
        CANCEL,
        RESIZE
    }

    /// One thing that happens, some time after the one before.
    record Step(Action action, long after, Criticality criticality, int number, Permit.Outcome outcome) {}

    private final List<Ticket> out = new ArrayList<>();
    private final Map<Criticality, Deque<Ticket>> waiting = new EnumMap<>(Criticality.class);

    /// Who was served since a ticket became the first of its requester.
    private final Map<Ticket, Set<Object>> overtakers = new HashMap<>();

    private long now;

    @Property(tries = 2_000)
    void holds_whatever_happens(
            @ForAll @IntRange(min = 1, max = 20) int maximum,
            @ForAll("steps") @Size(min = 1, max = 400) List<Step> steps) {
        begin();
        PermitQueue queue = new PermitQueue(maximum, 0, now);
        for (Step step : steps) {
            now += step.after() * MS / 4;
            int before = out.size();
            take(queue, step);
            notice(queue);

            assertThat(queue.out()).as("permits out").isEqualTo(out.size());
            assertThat(out.size()).as("never more than the limit").isLessThanOrEqualTo(Math.max(before, queue.limit()));
            assertThat(queue.limit()).isBetween(1, queue.maximum());
            assertThat(queue.waiting())
                    .isEqualTo(waiting.values().stream().mapToInt(Deque::size).sum());
            nobodyWaitsInVain(queue);
        }
        settle(queue);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Action> actions = Arbitraries.frequency(
                Tuple.of(10, Action.OFFER),
                Tuple.of(8, Action.RELEASE),
                Tuple.of(2, Action.EXPIRE),
                Tuple.of(1, Action.CANCEL),
                Tuple.of(1, Action.RESIZE));
        Arbitrary<Long> after = Arbitraries.frequencyOf(
                Tuple.of(20, Arbitraries.longs().between(0, 20)),
                Tuple.of(1, Arbitraries.longs().between(0, 12_000)));
        return Combinators.combine(
                        actions,
                        after,
                        Arbitraries.of(Criticality.class),
                        Arbitraries.integers().between(0, 1_000),
                        Arbitraries.of(Permit.Outcome.class))
                .as(Step::new)
                .list();
    }

    private void take(PermitQueue queue, Step step) {
        switch (step.action()) {
            case OFFER -> offer(queue, step);
            case RELEASE -> {
                if (!out.isEmpty()) {
                    queue.release(now, out.remove(step.number() % out.size()), step.outcome());
                }
            }
            case EXPIRE -> {
                Ticket ticket = anyWaiting(step.number());
                if (ticket != null) {
                    boolean late = ticket.left(now) <= 0;
                    queue.expire(now);
                    assertThat(ticket.waits() && late)
                            .as("waits beyond its deadline")
                            .isFalse();
                }
            }
            case CANCEL -> {
                Ticket ticket = anyWaiting(step.number());
                if (ticket != null) {
                    queue.cancel(now, ticket);
                    assertThat(ticket.state()).isEqualTo(Ticket.State.ENDED);
                    leaves(ticket);
                }
            }
            case RESIZE -> queue.resize(now, 1 + step.number() % 20);
        }
    }

    private void offer(PermitQueue queue, Step step) {
        Requester requester = step.number() % 4 == 0 ? null : new Requester(step.number() % 4);
        Ticket ticket = new Ticket(step.criticality(), requester, now + step.number() * MS, null);
        queue.offer(now, ticket);
        // Who came before was decided about before.
        notice(queue);
        if (ticket.state() == Ticket.State.ADMITTED) {
            assertThat(ticket.left(now)).as("served after its deadline").isPositive();
            out.add(ticket);
        } else if (ticket.waits()) {
            if (lane(ticket).stream().noneMatch(each -> sameRequester(each, ticket))) {
                overtakers.put(ticket, new HashSet<>());
            }
            lane(ticket).add(ticket);
        }
    }

    /// Looks at whom the queue has decided about: each requester in turn, and of one requester first come, first
    /// served; nobody beyond his deadline.
    private void notice(PermitQueue queue) {
        for (Ticket ticket = queue.pollDecided(); ticket != null; ticket = queue.pollDecided()) {
            if (ticket.state() == Ticket.State.ADMITTED) {
                assertThat(ticket.left(now)).as("served after its deadline").isPositive();
                takesHisTurn(ticket);
                theMoreCriticalAreHeldBack(queue, ticket);
                out.add(ticket);
            } else {
                assertThat(ticket.state()).isEqualTo(Ticket.State.REFUSED);
                leaves(ticket);
            }
        }
    }

    /// Nobody is served twice while another waits for his first turn.
    private void takesHisTurn(Ticket served) {
        assertThat(lane(served).stream()
                        .filter(each -> sameRequester(each, served))
                        .findFirst())
                .as("first come, first served")
                .containsSame(served);
        for (Ticket each : lane(served)) {
            if (!sameRequester(each, served)) {
                Set<Object> overtakers = this.overtakers.get(each);
                assertThat(overtakers == null || overtakers.add(served.requester()))
                        .as("overtaken twice")
                        .isTrue();
            }
        }
        leaves(served);
    }

    /// The next of its requester, if any, waits for its turn from now on.
    private void leaves(Ticket ticket) {
        assertThat(lane(ticket).remove(ticket)).isTrue();
        Set<Object> before = overtakers.remove(ticket);
        boolean refused = ticket.state() != Ticket.State.ADMITTED;
        if (before != null) {
            lane(ticket).stream()
                    .filter(each -> sameRequester(each, ticket))
                    .findFirst()
                    .ifPresent(next -> overtakers.put(next, refused ? before : new HashSet<>()));
        }
    }

    private static boolean sameRequester(Ticket one, Ticket other) {
        return one.requester().equals(other.requester());
    }

    /// Where a permit is free, nobody waits whom the bulkheads do not hold back; and they hold back nobody who has
    /// less than a quarter.
    private void nobodyWaitsInVain(PermitQueue queue) {
        int free = queue.limit() - queue.out();
        for (Criticality criticality : Criticality.values()) {
            if (free > 0 && !Objects.requireNonNull(waiting.get(criticality)).isEmpty()) {
                assertThat(queue.mayTake(now, criticality)).as("a lost wake-up").isFalse();
                assertThat(4 * queue.out(criticality)).isGreaterThanOrEqualTo(queue.limit());
            }
        }
    }

    /// Nobody is served before the more critical, but for those that have a quarter or more.
    private void theMoreCriticalAreHeldBack(PermitQueue queue, Ticket served) {
        for (Criticality criticality : Criticality.values()) {
            if (criticality == served.criticality()) {
                return;
            }
            boolean waits = Objects.requireNonNull(waiting.get(criticality)).stream()
                    .anyMatch(ticket -> ticket.waits() && ticket.left(now) > 0);
            assertThat(!waits || 4 * queue.out(criticality) >= queue.limit())
                    .as("%s before %s", served.criticality(), criticality)
                    .isTrue();
        }
    }

    /// When all permits have come back, everybody has been served or refused, and no permit is lost.
    private void settle(PermitQueue queue) {
        while (!out.isEmpty()) {
            now += MS;
            queue.release(now, out.removeFirst(), Permit.Outcome.SUCCESS);
            notice(queue);
        }
        assertThat(queue.waiting()).as("left behind").isZero();
        assertThat(queue.out()).as("leaked").isZero();
        now += 60_000 * MS;
        for (int i = 0; i < queue.maximum(); i++) {
            Ticket ticket = new Ticket(Criticality.COMPLETION, null, now + MS, null);
            queue.offer(now, ticket);
            assertThat(ticket.state()).as("all permits are there").isEqualTo(Ticket.State.ADMITTED);
        }
    }

    private void begin() {
        out.clear();
        overtakers.clear();
        now = 0;
        for (Criticality criticality : Criticality.values()) {
            waiting.put(criticality, new ArrayDeque<>());
        }
    }

    private Deque<Ticket> lane(Ticket ticket) {
        return Objects.requireNonNull(waiting.get(ticket.criticality()));
    }

    private @Nullable Ticket anyWaiting(int number) {
        List<Ticket> all = waiting.values().stream().flatMap(Deque::stream).toList();
        return all.isEmpty() ? null : all.get(number % all.size());
    }
}
