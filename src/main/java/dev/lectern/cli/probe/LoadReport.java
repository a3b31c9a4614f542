package dev.lectern.cli.probe;

import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import dev.lectern.neon.NeonUrl;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a load test has found, for people and for programs.
record LoadReport(NeonUrl url, Climb.Result result) {

    /// Where more connections bring no more than this.
    private static final double ENOUGH = 0.9;

    Level level() {
        Remark failure = result.failure();
        return failure == null ? Level.HEALTHY : failure.level();
    }

    /// What comes below the table.
    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder();
        if (!result.logins().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s, p50 %s, the slowest %s; all are released.%n",
                    result.logins().size() == 1 ? "1 login" : result.logins().size() + " logins",
                    Figures.time(median(result.logins())),
                    Figures.time(result.logins().getLast())));
        }
        Remark failure = result.failure();
        if (failure != null) {
            text.append(terminal.in(Colour.RED, "STOPPED"))
                    .append(" (" + failure.failure() + "): " + failure.sentence() + ".\n");
            if (failure.next() != null) {
                text.append("Next: " + failure.next() + "\n");
            }
        } else if (result.stopped()) {
            text.append(terminal.in(Colour.YELLOW, "STOPPED") + ": by you.\n");
        } else {
            text.append(terminal.in(Colour.GREEN, "DONE") + ": " + conclusion() + ".\n");
        }
        return text.toString();
    }

    private String conclusion() {
        double most = result.rungs().stream().mapToDouble(Rung::perSecond).max().orElse(0);
        Optional<Rung> enough = result.rungs().stream()
                .filter(rung -> rung.perSecond() >= ENOUGH * most)
                .min(Comparator.comparingInt(Rung::connections));
        return enough.map(rung -> String.format(
                        Locale.ROOT,
                        "%s %s %,.0f round trips a second, p95 %s%s",
                        count(rung.connections()),
                        rung.connections() == 1 ? "does" : "do",
                        rung.perSecond(),
                        Figures.time(rung.percentile(95)),
                        rung.capped() ? "; --rate allowed no more" : ""))
                .orElse("nothing was measured");
    }

    static String count(int connections) {
        return connections == 1 ? "1 connection" : connections + " connections";
    }

    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> logins = new LinkedHashMap<>();
        logins.put("count", result.logins().size());
        logins.put("p50_ms", result.logins().isEmpty() ? null : Figures.millis(median(result.logins())));
        logins.put(
                "max_ms",
                result.logins().isEmpty()
                        ? null
                        : Figures.millis(result.logins().getLast()));
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("database", url.toString());
        all.put("steps", result.rungs().stream().map(Rung::members).toList());
        all.put("logins", logins);
        Remark failure = result.failure();
        all.put("stopped", failure != null || result.stopped());
        all.put("class", failure == null ? null : failure.failure());
        all.put("sentence", failure == null ? conclusion() : failure.sentence());
        all.put("next", failure == null ? null : failure.next());
        return all;
    }

    private static Duration median(List<Duration> ascending) {
        return ascending.get((ascending.size() - 1) / 2);
    }
}
