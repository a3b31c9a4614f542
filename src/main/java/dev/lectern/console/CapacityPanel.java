package dev.lectern.console;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.lectern.metrics.BusiestMinute;
import dev.lectern.neon.NeonSettings.Budget;
import dev.lectern.neon.capacity.ComputeSize;
import dev.lectern.neon.capacity.ConnectionQueue;
import dev.lectern.neon.capacity.Goal;
import dev.lectern.neon.capacity.PoolAdvice;
import dev.lectern.neon.capacity.TimeDistribution;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How many connections the busiest minute of the last hour needed, by a model of the pool as a queue, and what that
/// model says of the pool as it is beside what was measured.
record CapacityPanel(Watched watched) {

    /// @param pool how many connections this process may have
    /// @param busiest null where no work was done in the last hour, and then there is no advice
    /// @param present what the model says of the pool as it is
    @JsonNaming(SnakeCaseStrategy.class)
    record Shown(
            long targetMs,
            int replicas,
            int headRoom,
            int pool,
            @Nullable Busiest busiest,
            @Nullable Pool present,
            @Nullable Advice advice) {}

    @JsonNaming(SnakeCaseStrategy.class)
    record Busiest(
            long endedSAgo,
            int seconds,
            double arrivalsPerS,
            double burstiness,
            long refused,
            long wakes,
            Holds hold,
            @Nullable Double waitP95Ms,
            @Nullable Double waitAndHoldP95Ms,
            @Nullable Double besidesP95Ms,
            int piecesPerRequest) {

        static Busiest of(BusiestMinute minute) {
            return new Busiest(
                    minute.secondsAgo(),
                    minute.seconds(),
                    rounded(minute.demand().perSecond()),
                    rounded(minute.demand().burstiness()),
                    minute.refused(),
                    minute.wakes(),
                    Holds.of(minute.demand().holds()),
                    millis(minute.waited()),
                    millis(minute.whole()),
                    millis(minute.rest()),
                    minute.pieces());
        }
    }

    /// @param parts each a time in milliseconds, and how many held a connection for so long
    @JsonNaming(SnakeCaseStrategy.class)
    record Holds(double meanMs, double p50Ms, double p95Ms, List<List<Number>> parts) {

        static Holds of(TimeDistribution holds) {
            return new Holds(
                    toMillis(holds.mean()),
                    toMillis(holds.percentile(50)),
                    toMillis(holds.percentile(PoolAdvice.PERCENT)),
                    holds.parts().stream()
                            .map(part -> List.<Number>of(toMillis(part.length()), part.count()))
                            .toList());
        }
    }

    /// Times are null where more is asked than the pool can do.
    @JsonNaming(SnakeCaseStrategy.class)
    record Pool(
            int connections,
            double utilisation,
            double mustWait,
            @Nullable Double waitP95Ms,
            @Nullable Double waitAndHoldP95Ms) {

        static Pool of(ConnectionQueue queue) {
            return new Pool(
                    queue.connections(),
                    share(queue.utilisation()),
                    share(queue.probabilityOfWaiting()),
                    millis(queue.waiting(PoolAdvice.PERCENT).orElse(null)),
                    millis(queue.waitAndHold(PoolAdvice.PERCENT).orElse(null)));
        }
    }

    /// @param allowanceMs what a piece of work may take
    /// @param pool null where none is large enough
    /// @param serverConnections for all replicas and the head-room
    @JsonNaming(SnakeCaseStrategy.class)
    record Advice(
            double allowanceMs,
            @Nullable Pool pool,
            @Nullable Integer serverConnections,
            @Nullable Double computeUnits,
            String sentence,
            String compute,
            String caveat) {

        static Advice of(PoolAdvice advice) {
            boolean some = advice.queue().isPresent();
            return new Advice(
                    toMillis(advice.goal().allowance()),
                    advice.queue().map(Pool::of).orElse(null),
                    some ? advice.serverConnections() : null,
                    advice.compute().map(ComputeSize::units).orElse(null),
                    advice.sentence(),
                    advice.computeSentence(),
                    advice.caveat());
        }
    }

    Shown shown() {
        Budget budget = watched.settings().budget();
        int pool = watched.neon().snapshot().maximum();
        long target = watched.metrics().readers().target();
        BusiestMinute minute = watched.metrics().busiestMinute();
        if (minute == null) {
            return new Shown(target, budget.replicas(), budget.headRoom(), pool, null, null, null);
        }
        Duration rest = minute.rest() == null ? Duration.ZERO : minute.rest();
        Goal goal = new Goal(Duration.ofMillis(target), rest, minute.pieces());
        return new Shown(
                target,
                budget.replicas(),
                budget.headRoom(),
                pool,
                Busiest.of(minute),
                Pool.of(new ConnectionQueue(minute.demand(), pool)),
                Advice.of(PoolAdvice.of(minute.demand(), goal, budget)));
    }

    private static @Nullable Double millis(@Nullable Duration time) {
        return time == null ? null : toMillis(time);
    }

    private static double toMillis(Duration time) {
        return Math.round(time.toNanos() / 1e4) / 100.0;
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }

    private static double share(double value) {
        return Math.round(1e4 * value) / 1e4;
    }
}
