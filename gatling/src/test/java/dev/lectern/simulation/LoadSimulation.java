package dev.lectern.simulation;

import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A simulation that is recorded: what readers got, what the observer saw, and what was done on purpose.
///
/// Gatling itself asserts that every answer is one that may come. The report judges the rest, which needs the times at
/// which things happened.
abstract class LoadSimulation extends Simulation {

    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(60);

    private record Deed(Duration at, String name, Runnable deed) {}

    final Target target = Target.ofThisRun();
    final Admin admin = new Admin(target.admin());
    final Records records = new Records(target.folder());
    private final Observer observer = new Observer(target, admin, records);
    private final ScheduledExecutorService timeline = Executors.newScheduledThreadPool(1);
    private final List<Deed> deeds = new ArrayList<>();

    /// Readers who may be refused where `refusals` is true, and else never.
    final ScenarioBuilder readers(boolean refusals) {
        return Reader.scenarioOf(new Requests(records, refusals));
    }

    final void run(PopulationBuilder... populations) {
        setUp(populations)
                .protocols(protocol())
                .maxDuration(warmUp().plus(target.duration()))
                .assertions(global().failedRequests().count().is(0L));
    }

    HttpProtocolBuilder protocol() {
        return http.baseUrl(target.api().toString())
                .contentTypeHeader("application/json")
                .acceptHeader("application/json");
    }

    /// How long it goes on before what happens counts: a JVM that has just started compiles for most of a minute
    /// where there are many readers and few processors. That is what the cold start is about, and nothing else.
    Duration warmUp() {
        Duration half = target.duration().dividedBy(2);
        return half.compareTo(LONGEST_WARM_UP) < 0 ? half : LONGEST_WARM_UP;
    }

    /// Has something done so long after the warm-up, and recorded.
    final void at(Duration time, String name, Runnable deed) {
        deeds.add(new Deed(time, name, deed));
    }

    /// That part of the duration.
    final Duration share(double of) {
        return Duration.ofMillis(Math.round(target.duration().toMillis() * of));
    }

    /// What is done before anybody comes.
    void prepare() {}

    @Override
    public final void before() {
        prepare();
        observer.start();
        deeds.addFirst(new Deed(Duration.ZERO, "begin", () -> {}));
        for (Deed deed : deeds) {
            timeline.schedule(
                    () -> {
                        records.event(System.currentTimeMillis(), deed.name());
                        deed.deed().run();
                    },
                    warmUp().plus(deed.at()).toMillis(),
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public final void after() {
        timeline.shutdown();
        observer.close();
        records.event(System.currentTimeMillis(), "end");
        records.close();
    }
}
