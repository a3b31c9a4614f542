package dev.lectern.neon.admission;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;

/// Replays a scenario in virtual time; the same each time.
final class Replay {

    private static final double SECOND = 1e9;
    private static final long LOOK = 100_000_000;

    /// What happens at a moment, in the order of being said where the moments are the same.
    private record Moment(long time, long order, Runnable action) {}

    /// What was seen at a moment.
    record Sight(int waiting, int limit) {}

    private final Scenario scenario;
    private final DatabaseModel database;
    private final Entrance entrance;
    private final PriorityQueue<Moment> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Moment::time).thenComparingLong(Moment::order));
    private final Queue<Request> unconnected = new ArrayDeque<>();
    private final List<Request> requests = new ArrayList<>();
    private final List<Sight> sights = new ArrayList<>();
    private long now;
    private long order;
    private int connected;
    private int running;

    private Replay(Scenario scenario, Entrance.Kind kind) {
        this.scenario = scenario;
        this.database = scenario.database();
        this.entrance = kind.open(database.connections(), this::decided);
    }

    /// Replays all of it.
    static Measured run(Scenario scenario, Entrance.Kind kind) {
        Replay replay = new Replay(scenario, kind);
        replay.announce();
        replay.play();
        return new Measured(scenario, replay.requests, replay.sights);
    }

    private void announce() {
        long seed = 42;
        for (Scenario.Load load : scenario.loads()) {
            SplittableRandom random = new SplittableRandom(seed++);
            for (double at = load.from() + pause(random, load.rate()); at < load.until(); ) {
                // Erlang's third: less spread than by chance alone, as one statement's times are.
                double demand = (pause(random, 3) + pause(random, 3) + pause(random, 3));
                Request request =
                        new Request(load.criticality(), nanos(at), nanos(at + patience(load.criticality())), demand);
                at(request.arrival, () -> arrives(request));
                at += pause(random, load.rate());
            }
        }
        for (DatabaseModel.Event event : database.events()) {
            if (event.kind() == DatabaseModel.Kind.SLOTS) {
                at(nanos(event.from()), () -> entrance.resize(now, database.room(event.from())));
                at(nanos(event.until()), () -> entrance.resize(now, database.room(event.until())));
                at(nanos(event.until()), this::connect);
            }
        }
        for (long time = 0; time < nanos(scenario.seconds()); time += LOOK) {
            at(time, () -> sights.add(new Sight(entrance.waiting(), entrance.limit())));
        }
    }

    private void play() {
        for (Moment next = agenda.poll(); next != null; next = agenda.poll()) {
            now = next.time();
            next.action().run();
        }
    }

    private void arrives(Request request) {
        requests.add(request);
        entrance.arrive(now, request);
        if (request.open() && !request.connected) {
            at(request.deadline, () -> {
                if (request.open() && !request.connected) {
                    tooLate(request);
                }
            });
        }
    }

    private void tooLate(Request request) {
        if (unconnected.remove(request)) {
            request.ends(Request.Fate.FAILED, now);
            entrance.finish(now, request, Permit.Outcome.IGNORE);
        } else {
            entrance.expire(now, request);
        }
    }

    private void decided(Request request, boolean admitted) {
        if (admitted) {
            unconnected.add(request);
            connect();
        } else {
            request.ends(Request.Fate.REFUSED, now);
        }
    }

    /// Gives connections to those who have permits; where there are fewer, they wait.
    private void connect() {
        while (connected < database.room(now / SECOND) && !unconnected.isEmpty()) {
            Request request = unconnected.remove();
            connected++;
            request.connected = true;
            entrance.begin(now, request);
            double second = now / SECOND;
            boolean idle = database.waits(request, second);
            running += idle ? 0 : 1;
            double takes = database.takes(request, second, running);
            long ends = nanos(database.end(request, second + takes / 1000));
            // Nobody waits for an answer beyond the deadline.
            boolean late = ends > request.deadline;
            at(late ? Math.max(now, request.deadline) : ends, () -> ends(request, late, idle));
        }
    }

    private void ends(Request request, boolean late, boolean idle) {
        connected--;
        running -= idle ? 0 : 1;
        request.ends(late ? Request.Fate.FAILED : Request.Fate.SERVED, now);
        entrance.finish(now, request, late ? Permit.Outcome.DROPPED : Permit.Outcome.SUCCESS);
        connect();
    }

    private void at(long time, Runnable action) {
        agenda.add(new Moment(time, order++, action));
    }

    private static double patience(Criticality criticality) {
        return switch (criticality) {
            case COMPLETION -> 5;
            case INTERACTIVE_WRITE, INTERACTIVE_READ -> 2;
            case BACKGROUND -> 30;
        };
    }

    /// StrictMath gives the same on every processor.
    private static double pause(SplittableRandom random, double rate) {
        return -StrictMath.log(1 - random.nextDouble()) / rate;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * SECOND);
    }
}
