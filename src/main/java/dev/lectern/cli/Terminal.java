package dev.lectern.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the output of a command is shown on.
///
/// @param live whether a screen can be drawn on it again and again
/// @param coloured whether colours help
/// @param unicode whether it shows more than ASCII
public record Terminal(boolean live, boolean coloured, boolean unicode) {

    /// A file or a pipe.
    public static final Terminal NONE = new Terminal(false, false, false);

    /// A colour, by its ANSI number.
    public enum Colour {
        RED(31),
        GREEN(32),
        YELLOW(33),
        CYAN(36),
        GREY(90);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    /// What the process writes to. `NO_COLOR` (https://no-color.org) is for no colours, whatever its value, and a
    /// terminal whose `TERM` is `dumb` is drawn on no more than a file is.
    ///
    /// @param environment the value of a variable, or null
    public static Terminal of(PrintStream out, Function<String, @Nullable String> environment) {
        boolean live = Optional.ofNullable(System.console())
                        .filter(Console::isTerminal)
                        .isPresent()
                && !"dumb".equals(environment.apply("TERM"));
        String noColor = environment.apply("NO_COLOR");
        return new Terminal(live, live && noColor == null, out.charset().equals(StandardCharsets.UTF_8));
    }

    /// The text in a colour, where there are colours.
    public String in(Colour colour, String text) {
        return coloured ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }
}
