package dev.lectern.cli.watch;

import dev.lectern.cli.Terminal;
import dev.lectern.cli.Terminal.Colour;
import org.jspecify.annotations.Nullable;

/// A line of the screen whose beginning may have a colour.
record Line(String lead, @Nullable Colour colour, String rest) {

    static Line of(String text) {
        return new Line("", null, text);
    }

    /// No wider than this.
    String on(Terminal terminal, int width) {
        String begin = lead.length() <= width ? lead : lead.substring(0, width);
        int left = width - begin.length();
        String end = rest.length() <= left ? rest : rest.substring(0, left);
        return (colour == null || begin.isEmpty() ? begin : terminal.in(colour, begin)) + end;
    }
}
