package dev.lectern.answer;

/// Follows a text character by character, and tells what of it stands between fences: what every renderer of Markdown
/// shows as code. A fence in a list or a quotation ends where those do, which renderers see in different ways: where it
/// cannot be told, nothing is code any more.
final class CodeFence {

    private static final int LEAST = 3;

    /// Whoever is indented by more is code already, or a part of a list.
    private static final int WIDEST = 3;

    private static final int TAB = 4;

    /// What may stand before a fence that is a part of a list or a quotation.
    private static final String MARKERS = ">-*+:.)0123456789";

    private enum Place {
        INDENT,
        MARKER,
        RUN,
        REST
    }

    private boolean lost;
    private char opened;
    private int length;
    private int depth;

    private Place place = Place.INDENT;
    private int indent;
    private boolean marked;
    private char mark;
    private int run;
    private boolean blank = true;
    private boolean clean = true;
    private boolean backticks;
    private boolean pipe;
    private boolean fresh = true;

    /// Whether this character, the next of the text, is code or the end of it.
    boolean isCode(char c) {
        boolean code = opened != 0;
        if (c == '\n') {
            endLine();
        } else {
            step(c);
        }
        return code && !lost;
    }

    /// Whether what comes next has nothing to do with the lines before.
    boolean isFresh() {
        return fresh;
    }

    /// Whether nothing is taken for code any more.
    boolean isLost() {
        return lost;
    }

    private void step(char c) {
        fresh = false;
        boolean space = c == ' ' || c == '\t';
        blank &= space;
        switch (place) {
            case INDENT, MARKER -> begin(c, space);
            case RUN -> {
                if (c == mark) {
                    run++;
                } else {
                    place = Place.REST;
                    rest(c);
                }
            }
            case REST -> rest(c);
        }
    }

    private void begin(char c, boolean space) {
        if (space) {
            indent += place == Place.MARKER ? 0 : c == '\t' ? TAB : 1;
            return;
        }
        if (opened != 0 && indent < depth) {
            lost = true;
        }
        if (c == '`' || c == '~') {
            place = Place.RUN;
            mark = c;
            run = 1;
        } else if (opened == 0 && MARKERS.indexOf(c) >= 0) {
            place = Place.MARKER;
            marked = true;
        } else {
            place = Place.REST;
        }
    }

    private void rest(char c) {
        clean &= c == ' ';
        backticks |= c == '`';
        pipe |= c == '|';
        if (opened != 0 && !clean && isEnd()) {
            lost = true;
        }
    }

    private boolean isEnd() {
        return mark == opened && run >= length;
    }

    private void endLine() {
        boolean fence = false;
        if (opened != 0 && isEnd()) {
            lost |= indent > WIDEST;
            opened = 0;
            fence = true;
        } else if (opened == 0 && run >= LEAST && (mark == '~' || !backticks)) {
            // Below a table, one with a pipe is a row of it for some.
            lost |= marked || indent > WIDEST || pipe;
            opened = mark;
            length = run;
            depth = indent;
            fence = true;
        }
        // What is a fence for some only is for others a line of the paragraph that goes on below it.
        fresh = blank || (fence && !lost);
        place = Place.INDENT;
        indent = 0;
        marked = false;
        mark = 0;
        run = 0;
        blank = true;
        clean = true;
        backticks = false;
        pipe = false;
    }
}
