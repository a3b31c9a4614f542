package dev.lectern.neon.admission;

import dev.lectern.neon.admission.DatabaseModel.Event;
import dev.lectern.neon.admission.DatabaseModel.Kind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What is replayed: a database, who comes when, and which part of it is measured.
///
/// @param name of its picture
/// @param title what happens
/// @param database that is asked
/// @param loads who comes
/// @param from when what is examined begins, in seconds
/// @param until when it ends
/// @param seconds how long all of it lasts
record Scenario(
        String name, String title, DatabaseModel database, List<Load> loads, double from, double until, int seconds) {

    /// Requests of some criticality that come by chance, so many a second.
    record Load(Criticality criticality, double rate, double from, double until) {}

    private static final Map<Criticality, Double> MIX = Map.of(
            Criticality.COMPLETION, 0.15,
            Criticality.INTERACTIVE_WRITE, 0.20,
            Criticality.INTERACTIVE_READ, 0.60,
            Criticality.BACKGROUND, 0.05);

    private static final int SECONDS = 30;
    private static final double ALONE = 5;
    private static final int ABREAST = 8;
    private static final double FRICTION = 0.1;
    private static final int PERMITS = 16;
    private static final double CAPACITY = 1000 / ALONE * ABREAST;

    /// All of them, in the order of the report.
    static List<Scenario> all() {
        return List.of(
                of("steady", "An ordinary day: 60 % of what can be served", 10, 20, List.of(), List.of()),
                of("flood-5x", "Five times what can be served, of reads and writes", 10, 20, List.of(), flood(5)),
                of("flood-20x", "Twenty times what can be served, of reads and writes", 10, 20, List.of(), flood(20)),
                of(
                        "flood-mixed",
                        "Five times what can be served, of all criticalities",
                        10,
                        20,
                        List.of(),
                        mix(5 * CAPACITY, 10, 20)),
                of(
                        "slow",
                        "The database becomes ten times slower",
                        10,
                        20,
                        List.of(new Event(Kind.SLOW, 10, 20, 10)),
                        List.of()),
                of(
                        "far",
                        "The network adds 20 ms to each statement, whatever the load",
                        10,
                        20,
                        List.of(new Event(Kind.FAR, 10, 20, 20)),
                        List.of()),
                of(
                        "odd-reads",
                        "One read of ten becomes ten times slower",
                        10,
                        20,
                        List.of(new Event(Kind.ODD_READS, 10, 20, 10)),
                        List.of()),
                of(
                        "one-class",
                        "Nothing but reads, over a network that adds 20 ms",
                        reads(480),
                        10,
                        20,
                        List.of(new Event(Kind.FAR, 0, SECONDS, 20))),
                of("lock", "Writes wait for a lock", 10, 13, List.of(new Event(Kind.LOCK, 10, 13, 0)), List.of()),
                of(
                        "pause",
                        "Nothing is answered for 700 ms",
                        10,
                        12,
                        List.of(new Event(Kind.PAUSE, 10, 10.7, 0)),
                        List.of()),
                slots());
    }

    private static Scenario of(
            String name, String title, double from, double until, List<Event> events, List<Load> more) {
        return of(name, title, concat(mix(0.6 * CAPACITY, 0, SECONDS), more), from, until, events);
    }

    private static Scenario of(
            String name, String title, List<Load> loads, double from, double until, List<Event> events) {
        DatabaseModel database = new DatabaseModel(ALONE, ABREAST, FRICTION, PERMITS, events);
        return new Scenario(name, title, database, loads, from, until, SECONDS);
    }

    private static List<Load> reads(double rate) {
        return List.of(new Load(Criticality.INTERACTIVE_READ, rate, 0, SECONDS));
    }

    private static Scenario slots() {
        List<Event> events = List.of(new Event(Kind.SLOTS, 10, 20, 6));
        DatabaseModel database = new DatabaseModel(ALONE, 48, FRICTION, 97, events);
        return new Scenario(
                "slots",
                "Others take the server's connections: 6 instead of 97 are left",
                database,
                mix(0.4 * 48 * 1000 / ALONE, 0, SECONDS),
                10,
                20,
                SECONDS);
    }

    private static List<Load> flood(double times) {
        double rate = (times - 0.6) * CAPACITY;
        return List.of(
                new Load(Criticality.INTERACTIVE_READ, 0.75 * rate, 10, 20),
                new Load(Criticality.INTERACTIVE_WRITE, 0.25 * rate, 10, 20));
    }

    private static List<Load> mix(double rate, double from, double until) {
        return List.of(Criticality.values()).stream()
                .map(each -> new Load(each, rate * MIX.getOrDefault(each, 0.0), from, until))
                .toList();
    }

    private static List<Load> concat(List<Load> some, List<Load> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /// What the database can serve in the part that is examined, at most.
    double servable() {
        double sum = 0;
        for (double second = from; second < until; second += 0.01) {
            sum += 0.01 * database.capacity(second);
        }
        return sum;
    }
}
