package dev.lectern.book.manuscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Turns admonitions and tabs of Docusaurus (`:::note Title`) and MkDocs (`!!! note "Title"`, `=== "Tab"`) into block
/// quotes under a bold title.
final class Admonitions {

    // Possessive, and without a choice of where to begin: a line of any length costs no more than its length.
    private static final Pattern DOCUSAURUS =
            Pattern.compile("^(\\s*+)(:{3,}+)\\s*+([A-Za-z][\\w-]*+)(.*+)$", Pattern.DOTALL);
    private static final Pattern DOCUSAURUS_END = Pattern.compile("^\\s*(:{3,})\\s*$");
    private static final Pattern MKDOCS = Pattern.compile(
            "^(\\s*+)(?:!!!(?!\\s*+\")|\\?\\?\\?\\+?+)\\s++(?=[A-Za-z\"])([\\w-]*+)([\\w\\s-]*+)(?:(?<=\\s)\"(.*)\")?+\\s*+$");
    private static final Pattern TAB = Pattern.compile("^(\\s*)===[!+]?\\s+\"(.*)\"\\s*$");
    private static final int MKDOCS_INDENT = 4;
    private static final int DEEPEST = 32;

    /// @param colons how many open it; zero for MkDocs, where the indentation tells what is inside
    private record Frame(int colons, int indent) {

        int inside() {
            return colons == 0 ? indent + MKDOCS_INDENT : indent;
        }
    }

    private final List<String> out = new ArrayList<>();
    private final Deque<Frame> frames = new ArrayDeque<>();
    private final Fence fence = new Fence();

    private Admonitions() {}

    static List<String> quote(List<String> lines) {
        Admonitions admonitions = new Admonitions();
        lines.forEach(admonitions::next);
        return admonitions.out;
    }

    private void next(String raw) {
        leaveIndented(raw);
        String line = inside(raw);
        if (fence.covers(line)) {
            add(line);
            return;
        }
        Matcher end = DOCUSAURUS_END.matcher(line);
        if (end.matches() && leave(end.group(1).length())) {
            return;
        }
        Matcher docusaurus = DOCUSAURUS.matcher(line);
        Matcher mkdocs = MKDOCS.matcher(line);
        Matcher tab = TAB.matcher(line);
        Optional<String> title = docusaurus.matches() ? title(docusaurus.group(4)) : Optional.empty();
        if (title.isPresent()) {
            enter(new Frame(docusaurus.group(2).length(), indent(docusaurus)), docusaurus.group(3), title.get());
        } else if (mkdocs.matches()) {
            @Nullable String given = mkdocs.group(4);
            enter(new Frame(0, indent(mkdocs)), given == null ? mkdocs.group(2) : "", given == null ? "" : given);
        } else if (tab.matches()) {
            enter(new Frame(0, indent(tab)), "", tab.group(2));
        } else {
            add(line);
        }
    }

    /// What `[Title]{.class}` or ` Title` after the kind of an admonition calls it; empty where it is neither.
    private static Optional<String> title(String tail) {
        String rest = tail.strip();
        int label = rest.startsWith("[") ? endOfLabel(rest) : 0;
        String after = rest.substring(label).strip();
        String untold = after.startsWith("{") ? after.substring(after.lastIndexOf('}') + 1) : after;
        if (untold.indexOf('{') >= 0) {
            return Optional.empty();
        }
        return Optional.of(label > 0 ? rest.substring(1, label - 1) : untold);
    }

    /// Where the text goes on after the bracket that closes the first; zero where none does.
    private static int endOfLabel(String text) {
        int open = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            open += c == '[' ? 1 : c == ']' ? -1 : 0;
            if (open == 0) {
                return i + 1;
            }
        }
        return 0;
    }

    private static int indent(Matcher matcher) {
        return matcher.group(1).length();
    }

    private void enter(Frame frame, String kind, String title) {
        if (frames.size() >= DEEPEST) {
            return;
        }
        add("");
        frames.addLast(frame);
        String shown = title.isBlank() && !kind.isEmpty()
                ? kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1)
                : title.strip();
        if (!shown.isEmpty()) {
            add("**" + shown + "**");
            add("");
        }
    }

    private boolean leave(int colons) {
        boolean open = frames.stream().anyMatch(frame -> frame.colons > 0 && frame.colons <= colons);
        if (!open) {
            return frames.stream().anyMatch(frame -> frame.colons > 0);
        }
        Frame left;
        do {
            left = frames.removeLast();
        } while (left.colons == 0 || left.colons > colons);
        add("");
        return true;
    }

    /// What MkDocs indents ends with the first line that is not.
    private void leaveIndented(String raw) {
        if (raw.isBlank()) {
            return;
        }
        int leading = raw.length() - raw.stripLeading().length();
        while (!frames.isEmpty() && frames.getLast().colons == 0 && leading < indentation()) {
            frames.removeLast();
            add("");
        }
    }

    private int indentation() {
        return frames.stream().mapToInt(Frame::inside).sum();
    }

    /// The line without the indentation of what it is inside.
    private String inside(String raw) {
        int leading = raw.length() - raw.stripLeading().length();
        return raw.substring(Math.min(indentation(), leading));
    }

    private void add(String line) {
        StringBuilder prefix = new StringBuilder();
        for (Frame frame : frames) {
            prefix.append(" ".repeat(frame.indent)).append("> ");
        }
        out.add(line.isBlank() ? prefix.toString().stripTrailing() : prefix + line);
    }
}
