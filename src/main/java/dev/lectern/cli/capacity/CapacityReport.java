package dev.lectern.cli.capacity;

import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import dev.lectern.neon.capacity.ConnectionQueue;
import dev.lectern.neon.capacity.Demand;
import dev.lectern.neon.capacity.Goal;
import dev.lectern.neon.capacity.PoolAdvice;
import dev.lectern.neon.capacity.TimeDistribution;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a measured demand needs, for people and for programs.
///
/// @param measured as it was
/// @param growth how many times as much it is to be
/// @param advice for the grown demand
record CapacityReport(String source, Measured measured, double growth, PoolAdvice advice) {

    private static final List<Integer> SIZES = List.of(1, 2, 4, 8, 16, 32, 64);

    /// @param target what nineteen of twenty requests may take
    static CapacityReport of(String source, Measured measured, double growth, Duration target) {
        Duration besides = measured.besides() == null ? Duration.ZERO : measured.besides();
        return new CapacityReport(
                source,
                measured,
                growth,
                PoolAdvice.of(
                        measured.demand().times(growth),
                        new Goal(target, besides, measured.pieces()),
                        measured.budget()));
    }

    /// Whether there is a pool and a compute that do.
    boolean isFeasible() {
        return advice.compute().isPresent();
    }

    /// The pool as it is.
    ConnectionQueue present() {
        return new ConnectionQueue(advice.demand(), measured.pool());
    }

    /// Pools of several sizes, from the smallest: the present one and the one that is advised are among them.
    List<ConnectionQueue> queues() {
        TreeSet<Integer> sizes = new TreeSet<>(SIZES);
        sizes.add(measured.pool());
        advice.queue().ifPresent(queue -> sizes.add(queue.connections()));
        return sizes.stream()
                .map(size -> new ConnectionQueue(advice.demand(), size))
                .toList();
    }

    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder("Capacity by " + source + ": " + measured.period() + "\n\n");
        Demand demand = measured.demand();
        TimeDistribution holds = demand.holds();
        line(
                text,
                "arrivals  %s a second%s, %d refused, burstiness %.1f (1 is random)"
                        .formatted(number(demand.perSecond()), wakes(), measured.refused(), demand.burstiness()));
        line(
                text,
                "held      mean %s, p50 %s, p95 %s"
                        .formatted(
                                time(holds.mean()),
                                time(holds.percentile(50)),
                                time(holds.percentile(PoolAdvice.PERCENT))));
        line(
                text,
                "waited    p95 %s; waiting and holding p95 %s"
                        .formatted(time(measured.waited()), time(measured.whole())));
        line(text, "besides   %s of a request, which has %s done".formatted(besides(), pieces()));
        line(
                text,
                "target    %s, which leaves %s for each piece of work"
                        .formatted(
                                time(advice.goal().target()), time(advice.goal().allowance())));
        text.append("\n").append(pools(terminal)).append("\n");
        text.append(terminal.in(isFeasible() ? Colour.GREEN : Colour.RED, isFeasible() ? "ADVICE" : "NO POOL"))
                .append(": " + advice.sentence() + "\n");
        if (!advice.computeSentence().isEmpty()) {
            text.append(advice.computeSentence() + "\n");
        }
        if (growth == 1) {
            text.append(comparison() + "\n");
        }
        return text.append(advice.caveat() + "\n").toString();
    }

    private String besides() {
        return measured.besides() == null ? "nothing known, and taken for nothing," : "p95 " + time(measured.besides());
    }

    private String pieces() {
        return measured.pieces() == 1 ? "1 piece of work" : measured.pieces() + " pieces of work";
    }

    private String wakes() {
        return switch ((int) measured.wakes()) {
            case 0 -> "";
            case 1 -> ", 1 wake of the compute";
            default -> ", %d wakes of the compute".formatted(measured.wakes());
        };
    }

    private String pools(Terminal terminal) {
        StringBuilder table = new StringBuilder();
        if (growth != 1) {
            table.append("With %s times the traffic:\n".formatted(number(growth)));
        }
        table.append("  connections  utilisation  must wait  p95 of wait  of wait and hold\n");
        for (ConnectionQueue queue : queues()) {
            int size = queue.connections();
            String line = String.format(
                    Locale.ROOT,
                    "  %11d  %9.1f %%  %7.1f %%  %11s  %16s%s",
                    size,
                    100 * queue.utilisation(),
                    100 * queue.probabilityOfWaiting(),
                    bounded(queue.waiting(PoolAdvice.PERCENT)),
                    bounded(queue.waitAndHold(PoolAdvice.PERCENT)),
                    remark(size));
            table.append(isAdvised(size) ? terminal.in(Colour.GREEN, line) : line)
                    .append("\n");
        }
        return table.toString();
    }

    private boolean isAdvised(int size) {
        return advice.queue().filter(queue -> queue.connections() == size).isPresent();
    }

    private String remark(int size) {
        return (isAdvised(size) ? "  advised" : "") + (size == measured.pool() ? "  now" : "");
    }

    /// What the model says of the pool as it is beside what was measured.
    private String comparison() {
        ConnectionQueue present = present();
        return measured.whole() == null
                ? "The pool has %d. Predicted p95 of waiting: %s; measured: %s."
                        .formatted(
                                measured.pool(), bounded(present.waiting(PoolAdvice.PERCENT)), time(measured.waited()))
                : "The pool has %d. Predicted p95 of waiting and holding: %s; measured: %s."
                        .formatted(
                                measured.pool(),
                                bounded(present.waitAndHold(PoolAdvice.PERCENT)),
                                time(measured.whole()));
    }

    private static void line(StringBuilder text, String line) {
        text.append("  ").append(line).append("\n");
    }

    private static String bounded(Optional<Duration> time) {
        return time.map(PoolAdvice::time).orElse("no end");
    }

    private static String time(@Nullable Duration time) {
        return time == null ? "-" : PoolAdvice.time(time);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : value < 1 ? "%.2f" : "%.1f", value);
    }
}
