package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import dev.lectern.problem.Problem;
import java.net.InetAddress;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What limits add to each request: the address, both buckets and the head of the response, for 200 callers behind one
/// address, of whom none is refused and then all are. `bin/benchmark RateLimit` runs it, with what is allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class RateLimitBenchmark {

    private static final int CALLERS = 200;

    private final InetAddress school = InetAddress.ofLiteral("203.0.113.5");
    private final ReaderId[] callers = new ReaderId[CALLERS];
    private final RateLimits wide = limits("999999999/1s");
    private final RateLimits spent = limits("1/999999h");

    public RateLimitBenchmark() {
        for (int i = 0; i < CALLERS; i++) {
            callers[i] = new ReaderId(new UUID(7, i));
        }
    }

    @Benchmark
    public @Nullable Problem granted() {
        return ask(wide);
    }

    @Benchmark
    public @Nullable Problem refused() {
        return ask(spent);
    }

    private @Nullable Problem ask(RateLimits limits) {
        Allowance request = new Allowance(ClientAddress.of(school), HttpFields.build());
        return limits.refusal(request, () -> callers[ThreadLocalRandom.current().nextInt(CALLERS)]);
    }

    private static RateLimits limits(String rate) {
        Rate all = Rate.parse(rate);
        return new RateLimits(new LimitSettings(true, all, all, all, null, null, null), limit -> {}, System::nanoTime);
    }
}
