package dev.lectern.simulation.report;

import dev.lectern.simulation.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The charts of a run, one below the other in one SVG: all over the same time, with what was done on purpose.
final class Charts {

    private static final int WIDTH = 900;
    private static final int LEFT = 60;
    private static final int RIGHT = 150;
    private static final int PLOT = 150;
    private static final int HEIGHT = PLOT + 60;
    private static final int BAND = 70;
    private static final String STYLE = """
            <style>
            svg { font: 12px system-ui, sans-serif; background: #fff; }
            text { fill: #24292f; } .title { font-weight: 600; } .axis { stroke: #8c959f; } .grid { stroke: #d8dee4; }
            .event { stroke: #8c959f; stroke-dasharray: 2 3; } .bar { stroke: #cf222e; stroke-dasharray: 6 4; }
            polyline { fill: none; stroke-width: 1.6; }
            .c0 { stroke: #0969da; } .c1 { stroke: #bf8700; } .c2 { stroke: #8250df; } .c3 { stroke: #cf222e; }
            .ready { fill: #2da44e; } .waking { fill: #d4a72c; } .asleep { fill: #afb8c1; } .down { fill: #cf222e; }
            .other { fill: #8250df; }
            @media (prefers-color-scheme: dark) {
              svg { background: #0d1117; } text { fill: #e6edf3; } .grid { stroke: #30363d; }
            }
            </style>
            """;

    private final StringBuilder svg = new StringBuilder();
    private final Run run;
    private int top;

    private Charts(Run run) {
        this.run = run;
    }

    static String svg(Run run, int targetMs) {
        Charts charts = new Charts(run);
        charts.plot(
                "Requests in a second",
                "",
                Double.NaN,
                List.of(
                        Series.rate(run, "served", outcome -> outcome == Outcome.OK),
                        Series.rate(run, "served, not stored", outcome -> outcome == Outcome.DEGRADED),
                        Series.rate(run, "refused", outcome -> outcome == Outcome.REFUSED),
                        Series.rate(run, "broken", Outcome::broken)));
        charts.plot(
                "Latency without a language model",
                "ms",
                targetMs,
                List.of(
                        Series.latency(run, "p50", 0.5),
                        Series.latency(run, "p95", 0.95),
                        Series.latency(run, "p99", 0.99)));
        charts.plot(
                "Connections",
                "",
                run.samples().getLast().maximum(),
                List.of(
                        Series.seen(run, "at the server", Sample::backends),
                        Series.seen(run, "in use", Sample::active),
                        Series.seen(run, "work that waits", Sample::waiting)));
        charts.states();
        charts.plot(
                "Memory",
                "MB",
                Double.NaN,
                List.of(
                        Series.seen(run, "resident", Sample::residentMb),
                        Series.seen(run, "heap in use", Sample::heapMb)));
        charts.plot("Threads", "", Double.NaN, List.of(Series.seen(run, "threads", Sample::threads)));
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" role="img" aria-label="Charts of the run">
                """.formatted(WIDTH, charts.top) + STYLE + charts.svg + "</svg>\n";
    }

    private void plot(String title, String unit, double bar, List<Series> lines) {
        double most = lines.stream().mapToDouble(Series::greatest).max().orElse(0);
        most = nice(Math.max(1, Double.isNaN(bar) ? most : Math.max(most, bar * 1.1)));
        title(title + (unit.isEmpty() ? "" : ", " + unit));
        for (int i = 0; i <= 2; i++) {
            double y = y(most * i / 2, most);
            line("grid", LEFT, y, WIDTH - RIGHT, y);
            text(LEFT - 6, y + 4, "end", number(most * i / 2));
        }
        events(PLOT);
        if (!Double.isNaN(bar)) {
            line("bar", LEFT, y(bar, most), WIDTH - RIGHT, y(bar, most));
        }
        List<Series> drawn = lines.stream().filter(line -> line.greatest() > 0).toList();
        for (int i = 0; i < drawn.size(); i++) {
            int color = lines.indexOf(drawn.get(i));
            polylines(drawn.get(i), color, most);
            double y = top + 40 + 18 * i;
            line("c" + color, WIDTH - RIGHT + 12, y, WIDTH - RIGHT + 32, y);
            text(WIDTH - RIGHT + 38, y + 4, "start", drawn.get(i).name());
        }
        axis(PLOT);
        top += HEIGHT;
    }

    /// What the application took the database for.
    private void states() {
        title("State of the database, as the application knows it");
        List<Sample> samples = run.samples();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            double from = x(samples.get(i).at());
            double to = i + 1 < samples.size() ? x(samples.get(i + 1).at()) : WIDTH - RIGHT;
            String state = samples.get(i).state();
            svg.append("<rect class=\"%s\" x=\"%s\" y=\"%d\" width=\"%s\" height=\"14\"><title>%s</title></rect>\n"
                    .formatted(color(state), number(from), top + 30, number(Math.max(1, to - from)), state));
            if (!seen.contains(state)) {
                seen.add(state);
            }
        }
        text(WIDTH - RIGHT + 12, top + 42, "start", String.join(", ", seen));
        top += BAND;
    }

    private static String color(String state) {
        return switch (state) {
            case "ready", "waking", "asleep", "down" -> state;
            default -> "other";
        };
    }

    private void polylines(Series line, int color, double most) {
        StringBuilder points = new StringBuilder();
        long step = Series.stepSeconds(run) * 1_000L;
        for (int i = 0; i <= line.values().length; i++) {
            if (i == line.values().length || Double.isNaN(line.values()[i])) {
                if (!points.isEmpty()) {
                    svg.append("<polyline class=\"c%d\" points=\"%s\"/>\n"
                            .formatted(color, points.toString().strip()));
                }
                points.setLength(0);
            } else {
                double x = x(Math.min(run.length(), i * step + step / 2));
                points.append(number(x))
                        .append(',')
                        .append(number(y(line.values()[i], most)))
                        .append(' ');
            }
        }
    }

    private void events(int height) {
        for (Run.Event event : run.events()) {
            line("event", x(event.at()), top + 24, x(event.at()), top + 24 + height);
            if (top == 0) {
                text(x(event.at()) + 3, top + 34, "start", event.name());
            }
        }
    }

    private void axis(int height) {
        line("axis", LEFT, top + 24 + height, WIDTH - RIGHT, top + 24 + height);
        for (int i = 0; i <= 4; i++) {
            long at = run.length() * i / 4;
            text(x(at), top + 40 + height, "middle", at / 1_000 + " s");
        }
    }

    private void title(String title) {
        svg.append("<text class=\"title\" x=\"%d\" y=\"%d\">%s</text>\n".formatted(LEFT, top + 16, title));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append(
                "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n".formatted(number(x), number(y), anchor, text));
    }

    private void line(String type, double x1, double y1, double x2, double y2) {
        svg.append("<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>\n"
                .formatted(type, number(x1), number(y1), number(x2), number(y2)));
    }

    private double x(long at) {
        return LEFT + (WIDTH - LEFT - RIGHT) * Math.clamp(at / (double) run.length(), 0, 1);
    }

    private double y(double value, double most) {
        return top + 24 + PLOT * (1 - value / most);
    }

    /// The next number of one digit, or 15 or 25, with zeros.
    private static double nice(double value) {
        double ten = Math.pow(10, Math.floor(Math.log10(value)));
        for (double digits : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8}) {
            if (digits * ten >= value) {
                return digits * ten;
            }
        }
        return 10 * ten;
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
