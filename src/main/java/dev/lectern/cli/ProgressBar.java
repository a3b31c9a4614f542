package dev.lectern.cli;

import dev.lectern.book.ImportProgress;
import java.io.PrintStream;

/// Shows how far an import is: a bar that grows on a terminal, a line for each stage elsewhere.
final class ProgressBar implements ImportProgress {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private Stage last = Stage.READING;
    private boolean began;

    ProgressBar(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    @Override
    public void reached(Stage stage, int done, int total) {
        if (terminal) {
            int filled = total == 0 ? 0 : WIDTH * done / total;
            String bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
            out.print("\r" + name(stage) + " " + bar + " " + done + "/" + total + " passages ");
            out.flush();
        } else if (!began || stage != last) {
            out.println(total == 0 ? name(stage).strip() : name(stage) + " " + total + " passages");
        }
        began = true;
        last = stage;
    }

    /// Clears the bar, so that what is said next stands on a line of its own.
    void close() {
        if (terminal && began) {
            out.print("\r" + " ".repeat(WIDTH + 40) + "\r");
            out.flush();
        }
    }

    private static String name(Stage stage) {
        return switch (stage) {
            case READING -> "reading  ";
            case EMBEDDING -> "embedding";
            case STORING -> "storing  ";
        };
    }
}
