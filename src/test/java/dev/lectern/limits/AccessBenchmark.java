package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import dev.lectern.access.ReaderTokens;
import dev.lectern.access.TokenKeys;
import dev.lectern.problem.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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

/// What access adds to each request, beside what Dropwizard does to call it. The limits and the filter that lets the
/// caller in look at the token; there are the address, both buckets and the head of the response. For 200 callers
/// behind one address, of whom none is refused and then all are. `bin/benchmark Access` runs it, with what is
/// allocated.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AccessBenchmark {

    private static final int CALLERS = 200;
    private static final TokenKeys SECRET = TokenKeys.of(List.of(new byte[32]));

    private final InetAddress school = InetAddress.ofLiteral("203.0.113.5");
    private final ReaderTokens access = new ReaderTokens(() -> SECRET, Duration.ofDays(1), InstantSource.system());
    private final String[] tokens = new String[CALLERS];
    private final RateLimits wide = limits("999999999/1s");
    private final RateLimits spent = limits("1/999999h");

    public AccessBenchmark() {
        for (int i = 0; i < CALLERS; i++) {
            tokens[i] = access.issue(new ReaderId(new UUID(7, i))).token();
        }
    }

    @Benchmark
    public Optional<ReaderId> granted() {
        String token = token();
        Problem refusal = ask(wide, token);
        if (refusal != null) {
            throw new IllegalStateException(refusal.title());
        }
        return access.verify(token);
    }

    @Benchmark
    public @Nullable Problem refused() {
        return ask(spent, token());
    }

    private String token() {
        return tokens[ThreadLocalRandom.current().nextInt(CALLERS)];
    }

    private @Nullable Problem ask(RateLimits limits, String token) {
        Allowance request = new Allowance(ClientAddress.of(school), HttpFields.build());
        return limits.refusal(request, () -> access.verify(token).orElse(null));
    }

    private static RateLimits limits(String rate) {
        Rate all = Rate.parse(rate);
        return new RateLimits(
                new LimitSettings(true, all, all, all, null, null, null, null, null), limit -> {}, System::nanoTime);
    }
}
