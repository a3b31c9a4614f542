package dev.lectern.neon.admission;

import java.util.ArrayList;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// A picture of a scenario, as SVG: one panel for each quantity, over time, with one line for each way of admitting.
/// Its colours follow the reader's, dark or light.
final class Chart {

    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #333 }
            .title { font-size: 16px; font-weight: 600 }
            .label { font-weight: 600 }
            .end { text-anchor: end }
            .middle { text-anchor: middle }
            .ground { fill: #fff }
            .event { fill: #8881 }
            .grid { stroke: #8884; fill: none }
            .lectern { stroke: #1d6fd1; stroke-width: 2; fill: none }
            .semaphore { stroke: #c2620c; stroke-width: 1.5; stroke-dasharray: 5 3; fill: none }
            @media (prefers-color-scheme: dark) {
            text { fill: #ddd }
            .ground { fill: #111 }
            .lectern { stroke: #62a8ff }
            .semaphore { stroke: #ff9d4d }
            }
            </style>
            """;

    private static final int LEFT = 70;
    private static final int WIDTH = 760;
    private static final int HEIGHT = 96;
    private static final int GAP = 46;
    private static final int TOP = 76;

    /// One line of a panel.
    record Line(String style, List<Double> values) {}

    /// One quantity.
    ///
    /// @param label what it is, with its unit
    /// @param logarithmic whether each step up is ten times as much
    record Panel(String label, boolean logarithmic, List<Line> lines) {

        double most() {
            return lines.stream()
                    .flatMap(line -> line.values().stream())
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(1);
        }
    }

    private final Scenario scenario;
    private final Formatter svg = new Formatter(Locale.ROOT);

    private Chart(Scenario scenario) {
        this.scenario = scenario;
    }

    static String of(Measured lectern, Measured semaphore) {
        return new Chart(lectern.scenario())
                .draw(List.of(
                        new Panel(
                                "waiting for a permit",
                                false,
                                List.of(
                                        new Line("semaphore", waiting(semaphore)),
                                        new Line("lectern", waiting(lectern)))),
                        panel("served per second", false, slice -> slice.served() / Measured.WIDTH, lectern, semaphore),
                        panel(
                                "refused or too late per second",
                                false,
                                slice -> slice.lost() / Measured.WIDTH,
                                lectern,
                                semaphore),
                        panel("p50 of the served, ms", true, Measured.Slice::median, lectern, semaphore),
                        panel("p99 of the served, ms", true, Measured.Slice::p99, lectern, semaphore)));
    }

    private static Panel panel(
            String label,
            boolean logarithmic,
            ToDoubleFunction<Measured.Slice> value,
            Measured lectern,
            Measured semaphore) {
        return new Panel(
                label,
                logarithmic,
                List.of(
                        new Line(
                                "semaphore",
                                pairs(semaphore.slices().stream()
                                        .map(value::applyAsDouble)
                                        .toList())),
                        new Line(
                                "lectern",
                                pairs(lectern.slices().stream()
                                        .map(value::applyAsDouble)
                                        .toList()))));
    }

    private static List<Double> waiting(Measured measured) {
        return pairs(measured.sights().stream()
                .map(sight -> (double) sight.waiting())
                .toList());
    }

    /// Of each two values their mean: a picture has no room for more.
    private static List<Double> pairs(List<Double> values) {
        return IntStream.range(0, values.size() / 2)
                .mapToObj(i -> (values.get(2 * i) + values.get(2 * i + 1)) / 2)
                .toList();
    }

    private String draw(List<Panel> panels) {
        int height = TOP + panels.size() * (HEIGHT + GAP) + 20;
        svg.format(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
                LEFT + WIDTH + 20, height);
        svg.format("<title>%s</title>\n", scenario.title());
        svg.format("%s", STYLE);
        svg.format("<rect class=\"ground\" width=\"100%%\" height=\"100%%\"/>\n");
        svg.format("<text class=\"title\" x=\"%d\" y=\"24\">%s</text>\n", LEFT, scenario.title());
        svg.format(
                "<path class=\"lectern\" d=\"M%d 42h24\"/><text x=\"%d\" y=\"46\">Lectern</text>\n", LEFT, LEFT + 32);
        svg.format(
                "<path class=\"semaphore\" d=\"M%d 42h24\"/><text x=\"%d\" y=\"46\">fair semaphore</text>\n",
                LEFT + 120, LEFT + 152);
        int top = TOP;
        for (Panel panel : panels) {
            panel(panel, top);
            top += HEIGHT + GAP;
        }
        svg.format("<text class=\"middle\" x=\"%d\" y=\"%d\">seconds</text>\n", LEFT + WIDTH / 2, height - 10);
        svg.format("</svg>\n");
        return svg.toString();
    }

    private void panel(Panel panel, int top) {
        double from = scenario.from() / scenario.seconds() * WIDTH;
        double width = (scenario.until() - scenario.from()) / scenario.seconds() * WIDTH;
        svg.format(
                "<rect class=\"event\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                LEFT + from, top, width, HEIGHT);
        svg.format("<text class=\"label\" x=\"%d\" y=\"%d\">%s</text>\n", LEFT, top - 6, panel.label());
        double most = panel.logarithmic() ? 10_000 : nice(panel.most());
        for (double tick :
                panel.logarithmic() ? List.of(1.0, 10.0, 100.0, 1_000.0, 10_000.0) : List.of(0.0, most / 2, most)) {
            int y = top + HEIGHT - (int) Math.round(share(panel, tick, most) * HEIGHT);
            svg.format("<path class=\"grid\" d=\"M%d %dh%d\"/>\n", LEFT, y, WIDTH);
            svg.format("<text class=\"end\" x=\"%d\" y=\"%d\">%s</text>\n", LEFT - 6, y + 4, number(tick));
        }
        for (int second = 0; second <= scenario.seconds(); second += 5) {
            int x = LEFT + second * WIDTH / scenario.seconds();
            svg.format("<text class=\"middle\" x=\"%d\" y=\"%d\">%d</text>\n", x, top + HEIGHT + 14, second);
        }
        for (Line line : panel.lines()) {
            line(panel, line, most, top);
        }
    }

    private void line(Panel panel, Line line, double most, int top) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < line.values().size(); i++) {
            double x = LEFT + (i + 0.5) * WIDTH / line.values().size();
            double y = top + HEIGHT * (1 - share(panel, line.values().get(i), most));
            points.add(String.format(Locale.ROOT, "%.0f %.0f", x, y));
        }
        svg.format("<path class=\"%s\" d=\"M%s\"/>\n", line.style(), String.join("L", points));
    }

    private static double share(Panel panel, double value, double most) {
        return panel.logarithmic()
                ? StrictMath.log10(Math.clamp(value, 1, most)) / StrictMath.log10(most)
                : value / most;
    }

    /// The next number upwards that halves well.
    private static double nice(double value) {
        double ten = 1;
        while (ten * 10 < value) {
            ten *= 10;
        }
        for (double step : List.of(1.0, 2.0, 4.0, 6.0, 8.0, 10.0)) {
            if (step * ten >= value) {
                return Math.max(2, step * ten);
            }
        }
        return value;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }
}
