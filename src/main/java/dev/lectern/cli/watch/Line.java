package dev.lectern.cli.watch;

import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A line of the screen whose beginning may have a colour.
record Line(String lead, @Nullable Colour colour, String rest) {

    static Line of(String text) {
        return new Line("", null, text);
    }

    /// Text on as many lines as it needs, between its words.
    static List<Line> wrapped(String lead, @Nullable Colour colour, String text, int width) {
        List<Line> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder("  ");
        for (String word : text.split(" ", -1)) {
            int before = lines.isEmpty() ? lead.length() : 0;
            if (line.length() > 2 && before + line.length() + word.length() > width) {
                lines.add(new Line(
                        lines.isEmpty() ? lead : "", colour, line.toString().stripTrailing()));
                line = new StringBuilder("  ");
            }
            line.append(word).append(' ');
        }
        lines.add(new Line(lines.isEmpty() ? lead : "", colour, line.toString().stripTrailing()));
        return lines;
    }

    /// No wider than this.
    String on(Terminal terminal, int width) {
        String begin = lead.length() <= width ? lead : lead.substring(0, width);
        int left = width - begin.length();
        String end = rest.length() <= left ? rest : rest.substring(0, left);
        return (colour == null || begin.isEmpty() ? begin : terminal.in(colour, begin)) + end;
    }
}
