package dev.lectern.observation;

import dev.lectern.console.ConsoleFeature;
import dev.lectern.metrics.MetricsFeature;
import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Permit;
import dev.lectern.neon.monitor.NeonListener;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What metrics and console add to the way of a permit: the two calls that each piece of work makes to whoever listens
/// to the connection layer. `bin/benchmark` runs it, with what is allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ListenerBenchmark {

    private final NeonListener nobody = new NeonListener() {};
    private final NeonListener metrics = new MetricsFeature(System::nanoTime).listener();
    private final NeonListener console = new ConsoleFeature(InstantSource.system()).listener();
    private final NeonListener both = NeonListener.all(metrics, console);
    private final Duration waited = Duration.ofNanos(1_234);
    private final Duration held = Duration.ofNanos(987_654);
    private final Duration took = waited.plus(held);

    @Benchmark
    public void nobody() {
        work(nobody);
    }

    @Benchmark
    public void metrics() {
        work(metrics);
    }

    @Benchmark
    public void console() {
        work(console);
    }

    @Benchmark
    public void both() {
        work(both);
    }

    private void work(NeonListener listener) {
        listener.permitAcquired(Criticality.INTERACTIVE_READ, waited);
        listener.workFinished(Criticality.INTERACTIVE_READ, held, Permit.Outcome.SUCCESS);
        listener.workDone(Criticality.INTERACTIVE_READ, took);
    }
}
