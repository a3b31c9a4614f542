package dev.lectern.neon.capacity;

import dev.lectern.neon.NeonSettings.Budget;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/// How many connections a demand needs for a goal, and which compute allows them.
///
/// @param queue the smallest pool of one process that does; empty where none does
public record PoolAdvice(Demand demand, Goal goal, Budget budget, Optional<ConnectionQueue> queue) {

    /// Of a hundred pieces of work, how many have to be in time.
    public static final double PERCENT = 95;

    /// One statement that hangs must not stop everything.
    private static final int FEWEST = 2;

    /// Near 1 a little more work makes a much longer wait.
    private static final double MOST_UTILISED = 0.7;

    /// As many as Neon's largest computes allow.
    private static final int MOST = 4000;

    /// Finds it.
    public static PoolAdvice of(Demand demand, Goal goal, Budget budget) {
        return new PoolAdvice(demand, goal, budget, smallest(demand, goal.allowance()));
    }

    private static Optional<ConnectionQueue> smallest(Demand demand, Duration allowance) {
        if (demand.holds().percentile(PERCENT).compareTo(allowance) > 0) {
            return Optional.empty();
        }
        int fewest = Math.max(FEWEST, (int) Math.ceil(demand.inUse() / MOST_UTILISED));
        for (int connections = fewest; connections <= MOST; connections++) {
            ConnectionQueue queue = new ConnectionQueue(demand, connections);
            if (queue.waitAndHold(PERCENT)
                    .filter(time -> time.compareTo(allowance) <= 0)
                    .isPresent()) {
                return Optional.of(queue);
            }
        }
        return Optional.empty();
    }

    /// How many connections the server must have for all replicas and the head-room; 0 where no pool does.
    public int serverConnections() {
        return queue.map(pool -> budget.replicas() * pool.connections() + budget.headRoom())
                .orElse(0);
    }

    /// The smallest compute that allows them; empty where none does.
    public Optional<ComputeSize> compute() {
        return queue.flatMap(_ -> ComputeSize.smallestFor(serverConnections()));
    }

    /// How many connections are busy at the server on average, as far as can be told from here: what the quickest hold
    /// took is taken for the network's part of each.
    public double running() {
        TimeDistribution holds = demand.holds();
        return demand.perSecond()
                * (holds.mean().toNanos() - holds.percentile(0).toNanos())
                / 1e9;
    }

    /// The advice for people.
    public String sentence() {
        return queue.map(
                        pool -> "%s: %d connections keep waiting and holding within %s for %.0f of 100; %s are allowed."
                                .formatted(
                                        asked(),
                                        pool.connections(),
                                        pool.waitAndHold(PERCENT)
                                                .map(PoolAdvice::time)
                                                .orElseThrow(),
                                        PERCENT,
                                        time(goal.allowance())))
                .orElseGet(this::refusal);
    }

    private String asked() {
        return "For %s pieces of work a second that hold a connection for %s on average"
                .formatted(number(demand.perSecond()), time(demand.holds().mean()));
    }

    private String refusal() {
        if (goal.allowance().isZero()) {
            return "No pool keeps %s: beside the database alone, %.0f of 100 requests take up to %s."
                    .formatted(time(goal.target()), PERCENT, time(goal.besides()));
        }
        Duration hold = demand.holds().percentile(PERCENT);
        return hold.compareTo(goal.allowance()) > 0
                ? "No pool keeps %s: %.0f of 100 pieces of work hold a connection for up to %s, and %s are left for it."
                        .formatted(time(goal.target()), PERCENT, time(hold), time(goal.allowance()))
                : "%s: more than the %d connections of Neon's largest computes would be needed."
                        .formatted(asked(), MOST);
    }

    /// The compute for people.
    public String computeSentence() {
        if (queue.isEmpty()) {
            return "";
        }
        int each = queue.get().connections();
        String needed = "%s and a head-room of %d are %d connections at the server"
                .formatted(
                        budget.replicas() == 1 ? each : "%d replicas of %d each".formatted(budget.replicas(), each),
                        budget.headRoom(),
                        serverConnections());
        return compute()
                .map(size -> "%s: a compute of %s CU allows %d."
                        .formatted(needed, number(size.units()), size.usableConnections()))
                .orElse(needed + ", which no compute of Neon's allows.");
    }

    /// What a queueing model cannot know, for people.
    public String caveat() {
        String processor = compute()
                .filter(size -> running() > size.units())
                .map(size -> "; %s CU may have too little processor for them".formatted(number(size.units())))
                .orElse("");
        return ("Holds are taken as they were measured: where a processor is the limit, the database's or this machine's,"
                        + " they get longer, and no pool makes that good. About %s of the %s connections in use run a"
                        + " statement, and the others wait for the network%s.")
                .formatted(number(running()), number(demand.inUse()), processor);
    }

    private static String number(double value) {
        String digits = String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
        return digits.contains(".") ? digits.replaceFirst("\\.?0+$", "") : digits;
    }

    /// A time for people.
    public static String time(Duration time) {
        double millis = time.toNanos() / 1e6;
        if (millis >= 1000) {
            return String.format(Locale.ROOT, "%.1f s", millis / 1000);
        }
        return String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis);
    }
}
