package dev.lectern.cli.watch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.cli.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A snapshot of the admin port, read for people. What is absent reads as a dash or as nothing.
///
/// @param json the snapshot as it came
record Snapshot(JsonNode json) {

    private static final int SECONDS_BEGIN = 11;
    private static final int SECONDS_END = 19;

    String level() {
        return text("/verdict/level");
    }

    String sentence() {
        return text("/verdict/sentence");
    }

    /// What to do; empty for nothing.
    String next() {
        return text("/verdict/next");
    }

    String status() {
        return text("/database/status");
    }

    /// The class and words of what is the matter; empty for nothing.
    String cause() {
        String slug = text("/database/cause/class");
        return slug.isEmpty() ? "" : slug + ": " + text("/database/cause/message");
    }

    int active() {
        return json.at("/pool/active").asInt();
    }

    int idle() {
        return json.at("/pool/idle").asInt();
    }

    int waiting() {
        return json.at("/pool/waiting").asInt();
    }

    int maximum() {
        return json.at("/pool/maximum").asInt();
    }

    @Nullable
    Integer serverLimit() {
        JsonNode limit = json.at("/pool/server_limit");
        return limit.isNumber() ? limit.asInt() : null;
    }

    /// A rate per second.
    String rate(String name) {
        double rate = json.at("/rates/" + name).asDouble();
        return rate == 0 ? "0" : String.format(Locale.ROOT, rate < 10 ? "%.1f" : "%,.0f", rate);
    }

    /// Milliseconds; a dash where nothing was measured.
    String p95() {
        JsonNode p95 = json.at("/readers/p95_ms");
        return p95.isNumber() ? String.format(Locale.ROOT, "%,.0f ms", p95.asDouble()) : "-";
    }

    String target() {
        return json.at("/readers/target_ms").asText() + " ms";
    }

    String burnRate(String window) {
        JsonNode rate = json.at("/readers/burn_rate_" + window);
        return rate.isNumber() ? String.format(Locale.ROOT, "%.1f", rate.asDouble()) : "-";
    }

    /// Who holds the server's connections, most first; empty where nobody was asked.
    List<String> holders() {
        List<String> holders = new ArrayList<>();
        for (JsonNode holder : json.at("/pool/holders")) {
            holders.add(Printable.line(holder.at("/application").asText()) + " "
                    + holder.at("/connections").asInt());
        }
        return holders;
    }

    /// Printable, and empty where there is none.
    String text(String pointer) {
        JsonNode text = json.at(pointer);
        return text.isTextual() ? Printable.line(text.asText()) : "";
    }

    boolean is(String pointer) {
        return json.at(pointer).asBoolean();
    }

    /// The time of day of an RFC 3339 time.
    static String timeOfDay(String time) {
        return time.length() >= SECONDS_END ? time.substring(SECONDS_BEGIN, SECONDS_END) : time;
    }

    /// What must differ for the state to be another one; figures are no part of it.
    String state() {
        return String.join(
                " ",
                level(),
                status(),
                text("/database/cause/class"),
                text("/database/paused_until"),
                Integer.toString(maximum()));
    }
}
