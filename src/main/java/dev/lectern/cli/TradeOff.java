package dev.lectern.cli;

import dev.lectern.neon.warmup.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A picture of what each policy avoids and costs, as SVG: `learned` a curve, the others points. Its colours follow the
/// reader's, dark or light.
final class TradeOff {

    private static final String STYLE = """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #333 }
            .title { font-size: 16px; font-weight: 600 }
            .end { text-anchor: end }
            .middle { text-anchor: middle }
            .ground { fill: #fff }
            .grid { stroke: #8884; fill: none }
            .curve { stroke: #1d6fd1; stroke-width: 2; fill: none }
            .learned { fill: #1d6fd1 }
            .other { fill: #c2620c }
            @media (prefers-color-scheme: dark) {
            text { fill: #ddd }
            .ground { fill: #111 }
            .curve { stroke: #62a8ff }
            .learned { fill: #62a8ff }
            .other { fill: #ff9d4d }
            }
            </style>
            """;

    private static final int LEFT = 70;
    private static final int TOP = 50;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 360;
    private static final int TICKS = 4;

    private final WarmupPlan plan;
    private final double mostHours;
    private final double mostCold;

    private TradeOff(WarmupPlan plan) {
        this.plan = plan;
        List<Outcome> all =
                Stream.concat(plan.policies().stream(), plan.curve().stream()).toList();
        mostHours = Math.max(1e-6, all.stream().mapToDouble(this::hours).max().orElse(1));
        mostCold =
                Math.max(1e-6, all.stream().mapToDouble(Outcome::coldRate).max().orElse(1));
    }

    static String svg(WarmupPlan plan) {
        return new TradeOff(plan).draw();
    }

    private double hours(Outcome outcome) {
        return Math.max(0, outcome.addedCuHours()) / plan.months();
    }

    private String draw() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">\n",
                LEFT + WIDTH + 40,
                TOP + HEIGHT + 60));
        svg.append("<title>Cold requests against what warm-up adds</title>\n").append(STYLE);
        svg.append("<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n");
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"title\" x=\"%d\" y=\"24\">Cold requests against what warm-up adds</text>\n",
                LEFT));
        for (int i = 0; i <= TICKS; i++) {
            double y = TOP + HEIGHT - (double) HEIGHT * i / TICKS;
            double x = LEFT + (double) WIDTH * i / TICKS;
            svg.append(String.format(Locale.ROOT, "<path class=\"grid\" d=\"M%d %.1fh%d\"/>\n", LEFT, y, WIDTH));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"end\" x=\"%d\" y=\"%.1f\">%.1f %%</text>\n",
                    LEFT - 6,
                    y + 4,
                    100 * mostCold * i / TICKS));
            svg.append(String.format(
                    Locale.ROOT,
                    "<text class=\"middle\" x=\"%.1f\" y=\"%d\">%.1f</text>\n",
                    x,
                    TOP + HEIGHT + 18,
                    mostHours * i / TICKS));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">cold requests, of all</text>\n", LEFT, TOP - 8));
        svg.append(String.format(
                Locale.ROOT,
                "<text class=\"middle\" x=\"%d\" y=\"%d\">CU-hours that warm-up adds in a month</text>\n",
                LEFT + WIDTH / 2,
                TOP + HEIGHT + 42));
        svg.append(String.format(
                Locale.ROOT,
                "<path class=\"curve\" d=\"M%s\"/>\n",
                plan.curve().stream().map(this::place).collect(Collectors.joining("L"))));
        plan.policies().forEach(outcome -> svg.append(point(outcome)));
        return svg.append("</svg>\n").toString();
    }

    private String point(Outcome outcome) {
        String[] place = place(outcome).split(" ", -1);
        boolean right = hours(outcome) > mostHours * 0.8;
        return String.format(
                Locale.ROOT,
                "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"/><text class=\"%s\" x=\"%s\" y=\"%s\" dx=\"%d\" dy=\"-6\">%s</text>\n",
                outcome.name().equals("learned") ? "learned" : "other",
                place[0],
                place[1],
                right ? "end" : "begin",
                place[0],
                place[1],
                right ? -6 : 6,
                outcome.name());
    }

    private String place(Outcome outcome) {
        return String.format(
                Locale.ROOT,
                "%.1f %.1f",
                LEFT + WIDTH * hours(outcome) / mostHours,
                TOP + HEIGHT * (1 - outcome.coldRate() / mostCold));
    }
}
