package dev.lectern.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.LayoutBase;

/// An event as text for people at a terminal, which nothing in it moves or colours. Only its own first line begins at
/// the margin: whatever else it has, such as a stack or a message of several lines, is indented.
final class TextLayout extends LayoutBase<ILoggingEvent> {

    private static final String END = "\n";
    private static final String INDENT = "    ";

    private final Layout<ILoggingEvent> pattern;

    TextLayout(Layout<ILoggingEvent> pattern) {
        this.pattern = pattern;
        start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String text = pattern.doLayout(event).stripTrailing();
        return InvisibleCharacters.escaped(text).replace(END, END + INDENT) + END;
    }
}
