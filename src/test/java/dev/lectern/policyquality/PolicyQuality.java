package dev.lectern.policyquality;

import dev.lectern.neon.warmup.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// The program: every policy on every trace, and a page of what came out.
///
/// `bin/warmup-quality TRACE…` runs it and writes `docs/warmup.md`, whose part before the figures stays.
public final class PolicyQuality {

    private static final Path PAGE = Path.of("docs/warmup.md");
    private static final String MARK = "<!-- What follows is written by bin/warmup-quality. -->\n";

    private PolicyQuality() {}

    public static void main(String[] arguments) throws IOException {
        List<Judged> traces = new ArrayList<>();
        for (String argument : Arrays.stream(arguments).sorted().toList()) {
            traces.add(Judged.of(Path.of(argument)));
            System.out.println(argument + " done");
        }
        String page = Files.readString(PAGE);
        Files.writeString(PAGE, page.substring(0, page.indexOf(MARK) + MARK.length()) + "\n" + report(traces));
    }

    static String report(List<Judged> traces) {
        StringBuilder text = new StringBuilder("## Results\n\n");
        text.append("| trace | arrivals | learned from | judged from | until | cold a day without warm-up |\n");
        text.append("|---|---|---|---|---|---|\n");
        for (Judged trace : traces) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %s | %s | %s | %.1f |\n",
                    trace.name(),
                    trace.arrivals(),
                    day(trace.begin()),
                    day(trace.judgedFrom()),
                    day(trace.end()),
                    trace.other("off").cold() / (trace.months() * 730 / 24)));
        }
        text.append(
                        "\n### The goal\n\nAt most a quarter of what `always` adds: how many fewer cold requests than `off`.")
                .append(" *Budget* is `learned` with a monthly budget of that quarter and nothing else set.\n\n")
                .append(
                        "| trace | learned | learned, budget | of what `always` adds | ≥ 80 % |\n|---|---|---|---|---|\n");
        for (Judged trace : traces) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %s | %s |\n",
                    trace.name(),
                    fewer(trace, trace.learnedAtAQuarter()),
                    fewer(trace, trace.budgeted()),
                    percent(trace.budgeted().addedCuHours()
                            / trace.other("always").addedCuHours()),
                    avoided(trace, trace.learnedAtAQuarter()) >= 0.8 ? "yes" : "**missed**"));
        }
        text.append(
                        "\n### Beside each of the others\n\nCU-hours are what warm-up adds in a month. *At its cost* is the")
                .append(" point of `learned` that adds no more, *at its cold requests* the one that has no more.\n");
        for (Judged trace : traces) {
            text.append("\n#### ").append(trace.name()).append("\n\n").append(table(trace));
        }
        return text.toString();
    }

    private static String table(Judged trace) {
        StringBuilder text = new StringBuilder("| policy | cold | cold rate | CU-hours | learned at its cost: cold |"
                + " learned at its cold requests: CU-hours |\n|---|---|---|---|---|---|\n");
        for (Outcome other : trace.others()) {
            Outcome atCost = trace.learnedAtCost(other.addedCuHours());
            Outcome atCold = trace.learnedAtCold(other.cold());
            boolean end = other.name().equals("off") || other.name().equals("always");
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %,d | %.1f %% | %.2f | %s | %s |\n",
                    other.name(),
                    other.cold(),
                    100 * other.coldRate(),
                    other.addedCuHours() / trace.months(),
                    end ? "" : String.format(Locale.ROOT, "%,d", atCost.cold()),
                    end ? "" : String.format(Locale.ROOT, "%.2f", atCold.addedCuHours() / trace.months())));
        }
        List<Outcome> lost = trace.notDominated();
        text.append("\n`learned` is on or beyond the front of all of them")
                .append(
                        lost.isEmpty()
                                ? "."
                                : ", except: **"
                                        + lost.stream().map(Outcome::name).collect(Collectors.joining(", ")) + "**.")
                .append('\n');
        return text.toString();
    }

    private static double avoided(Judged trace, Outcome outcome) {
        return 1 - (double) outcome.cold() / trace.other("off").cold();
    }

    private static String fewer(Judged trace, Outcome outcome) {
        return percent(avoided(trace, outcome));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }

    private static LocalDate day(java.time.Instant at) {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }
}
