package dev.lectern.llm.openai;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Lets an answer through as it comes, without the citations of passages that there are not, and with `[1, 2]` written
/// as `[1][2]`. What might become a citation is held back until it is clear; code is left as it is.
final class CitationFilter {

    /// No citation is longer.
    private static final int LONGEST = 40;

    private static final Pattern MARKER = Pattern.compile("^( *)\\[([\\d ,–-]*\\d[\\d ,–-]*)]$");

    private final Set<Integer> passages;

    /// Blanks, then perhaps the beginning of a marker.
    private final StringBuilder held = new StringBuilder();

    private int backticks;
    private int fence;
    private boolean cited;

    CitationFilter(Set<Integer> passages) {
        this.passages = passages;
    }

    /// What of the text so far can be shown.
    String next(String piece) {
        var shown = new StringBuilder();
        piece.chars().forEach(c -> take((char) c, shown));
        return shown.toString();
    }

    /// What was held back, at the end.
    String rest() {
        var shown = new StringBuilder();
        release(shown);
        return shown.toString();
    }

    /// Whether a passage was cited.
    boolean cited() {
        return cited;
    }

    private void take(char c, StringBuilder shown) {
        count(c);
        boolean inMarker = held.indexOf("[") >= 0;
        if (fence > 0 || c == '`') {
            release(shown);
            shown.append(c);
        } else if (inMarker && c == ']') {
            held.append(c);
            resolve(shown);
        } else if (inMarker ? isOfMarker(c) && held.length() < LONGEST : c == ' ') {
            held.append(c);
        } else if (c == '[') {
            if (inMarker) {
                release(shown);
            }
            held.append(c);
        } else {
            release(shown);
            shown.append(c);
        }
    }

    private static boolean isOfMarker(char c) {
        return (c >= '0' && c <= '9') || c == ',' || c == ' ' || c == '-' || c == '–';
    }

    /// Follows the backticks: as many as opened a piece of code close it; one within a line ends with the line.
    private void count(char c) {
        if (c == '`') {
            backticks++;
            return;
        }
        if (backticks > 0) {
            fence = fence == 0 ? backticks : fence == backticks ? 0 : fence;
            backticks = 0;
        }
        if (c == '\n' && fence < 3) {
            fence = 0;
        }
    }

    private void release(StringBuilder shown) {
        shown.append(held);
        held.setLength(0);
    }

    private void resolve(StringBuilder shown) {
        var marker = MARKER.matcher(held);
        if (!marker.matches()) {
            release(shown);
            return;
        }
        List<Integer> numbers = Stream.of(marker.group(2).split("[ ,]+", -1))
                .flatMapToInt(CitationFilter::numbers)
                .boxed()
                .filter(passages::contains)
                .distinct()
                .toList();
        if (!numbers.isEmpty()) {
            cited = true;
            shown.append(marker.group(1));
            numbers.forEach(n -> shown.append('[').append(n).append(']'));
        }
        held.setLength(0);
    }

    /// One number, or those of a range.
    private static IntStream numbers(String text) {
        List<Integer> ends = Stream.of(text.split("[–-]+", -1))
                .filter(s -> !s.isEmpty() && s.length() < 4)
                .map(Integer::valueOf)
                .toList();
        return ends.isEmpty() ? IntStream.empty() : IntStream.rangeClosed(ends.getFirst(), ends.getLast());
    }
}
