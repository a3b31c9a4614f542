package dev.lectern.neon.capacity;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;

/// A pool, simulated piece of work by piece of work: who comes first is served first, by the connection that is free
/// first.
record SimulatedPool(Demand demand, int connections, long seed) {

    private static final int WARM = 20_000;
    private static final int JUDGED = 400_000;

    /// The time from asking to giving back that so many of a hundred did not exceed.
    Duration waitAndHold(double percent) {
        Random random = new Random(seed);
        List<TimeDistribution.Part> holds = demand.holds().parts();
        PriorityQueue<Double> free = new PriorityQueue<>();
        for (int i = 0; i < connections; i++) {
            free.add(0.0);
        }
        double[] times = new double[JUDGED];
        double now = 0;
        for (int i = -WARM; i < JUDGED; i++) {
            now -= Math.log(1 - random.nextDouble()) / demand.perSecond();
            double begun = Math.max(now, free.remove());
            double ended = begun + holds.get(random.nextInt(holds.size())).seconds();
            free.add(ended);
            if (i >= 0) {
                times[i] = ended - now;
            }
        }
        Arrays.sort(times);
        return TimeDistribution.duration(times[(int) (percent / 100 * JUDGED)]);
    }
}
