package dev.lectern.cli.watch;

import dev.lectern.cli.Terminal;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The terminal's other screen, drawn anew at each look; closing it gives the terminal back as it was.
///
/// The sequences are xterm's, which all terminals but dumb ones know,
/// https://invisible-island.net/xterm/ctlseqs/ctlseqs.html
final class Screen implements View {

    /// The other screen, no cursor, and no wrapping of lines that turn out wider than they were thought to be.
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String LEAVE = "\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String HOME = "\u001b[H";
    private static final String REST_OF_LINE = "\u001b[K";
    private static final String REST_OF_SCREEN = "\u001b[J";

    private final PrintStream out;
    private final Terminal terminal;
    private final String url;
    private final Supplier<ScreenSize> size;
    private Sighting.@Nullable Seen last;
    private boolean closed;

    /// Takes the terminal.
    ///
    /// @param size is asked at each look
    Screen(PrintStream out, Terminal terminal, String url, Supplier<ScreenSize> size) {
        this.out = out;
        this.terminal = terminal;
        this.url = url;
        this.size = size;
        out.print(ENTER);
        out.flush();
    }

    @Override
    public void show(Sighting sighting, Instant now) {
        draw(sighting, now, size.get());
    }

    private synchronized void draw(Sighting sighting, Instant now, ScreenSize room) {
        if (closed) {
            return;
        }
        List<String> lines = new Frame(url, now, sighting, last).lines(terminal, room.columns(), room.rows());
        out.print(HOME + String.join(REST_OF_LINE + "\r\n", lines) + REST_OF_LINE + REST_OF_SCREEN);
        out.flush();
        if (sighting instanceof Sighting.Seen seen) {
            last = seen;
        }
    }

    /// Gives the terminal back; nothing is drawn from then on.
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            out.print(LEAVE);
            out.flush();
        }
    }
}
