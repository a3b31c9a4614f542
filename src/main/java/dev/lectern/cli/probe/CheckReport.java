package dev.lectern.cli.probe;

import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import dev.lectern.neon.NeonUrl;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a check has found, for people and for programs.
record CheckReport(NeonUrl url, Instant at, List<Step> steps, Verdict verdict) {

    /// As text, which ends with what to do.
    String text(Terminal terminal) {
        StringBuilder text = new StringBuilder("Check of " + url + "\n\n");
        for (Step step : steps) {
            String took = step.took() == null ? "" : Figures.time(step.took());
            text.append("  ")
                    .append(terminal.in(
                            colour(step.outcome()),
                            String.format("%-7s", step.outcome().word())))
                    .append(String.format("  %-7s  %8s  ", step.name(), took))
                    .append(step.outcome() == Outcome.SKIPPED ? terminal.in(Colour.GREY, step.seen()) : step.seen())
                    .append('\n');
        }
        String level = verdict.level().name().toUpperCase(Locale.ROOT);
        text.append('\n')
                .append(terminal.in(colour(verdict.level()), level))
                .append(verdict.failure() == null ? ": " : " (" + verdict.failure() + "): ")
                .append(verdict.sentence())
                .append(".\n");
        if (verdict.next() != null) {
            text.append("Next: ").append(verdict.next()).append('\n');
        }
        return text.toString();
    }

    /// As members of a JSON object.
    Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> conclusion = new LinkedHashMap<>();
        conclusion.put("level", verdict.level().word());
        conclusion.put("class", verdict.failure());
        conclusion.put("sentence", verdict.sentence());
        conclusion.put("next", verdict.next());
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("at", at.toString());
        all.put("database", url.toString());
        all.put("verdict", conclusion);
        all.put("steps", steps.stream().map(CheckReport::members).toList());
        return all;
    }

    private static Map<String, @Nullable Object> members(Step step) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("name", step.name());
        all.put("outcome", step.outcome().word());
        all.put("seen", step.seen());
        all.put("took_ms", step.took() == null ? null : Figures.millis(step.took()));
        all.putAll(step.figures());
        return all;
    }

    private static Colour colour(Outcome outcome) {
        return switch (outcome) {
            case OK -> Colour.GREEN;
            case WARNING -> Colour.YELLOW;
            case FAILED -> Colour.RED;
            case SKIPPED -> Colour.GREY;
        };
    }

    private static Colour colour(Level level) {
        return switch (level) {
            case HEALTHY -> Colour.GREEN;
            case DEGRADED -> Colour.YELLOW;
            case DOWN -> Colour.RED;
        };
    }
}
