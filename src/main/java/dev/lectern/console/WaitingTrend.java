package dev.lectern.console;

import dev.lectern.neon.monitor.Timeline.Point;
import java.util.List;

/// Whether more and more work waits for a connection: an early sign, before anybody is refused.
final class WaitingTrend {

    /// For so many seconds it is looked back.
    private static final int SECONDS = 30;

    /// So many of them are averaged at either end.
    private static final int END = 5;

    /// Fewer that wait are no sign of anything.
    private static final int FEW = 4;

    private WaitingTrend() {}

    /// Whether twice as much waits as half a minute ago, or something where nothing did.
    ///
    /// @param points the latest last
    static boolean rises(List<Point> points) {
        if (points.size() < SECONDS) {
            return false;
        }
        List<Point> recent = points.subList(points.size() - SECONDS, points.size());
        double then = average(recent.subList(0, END));
        double now = average(recent.subList(SECONDS - END, SECONDS));
        return now >= FEW && now >= 2 * then;
    }

    private static double average(List<Point> points) {
        return points.stream().mapToInt(Point::waiting).average().orElse(0);
    }
}
