package dev.lectern.console;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayDeque;

/// The last lines of the log, in memory.
final class LogTail extends AppenderBase<ILoggingEvent> {

    private static final int MOST = 500;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    /// Keeps what is logged from now on.
    void attach(LoggerContext loggers) {
        setContext(loggers);
        setName("console-tail");
        start();
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(this);
    }

    /// Keeps nothing more.
    void detach(LoggerContext loggers) {
        loggers.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(this);
        stop();
    }

    @Override
    protected void append(ILoggingEvent event) {
        StringBuilder line = new StringBuilder()
                .append(event.getInstant())
                .append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(event.getLoggerName())
                .append(": ")
                .append(event.getFormattedMessage());
        for (IThrowableProxy cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
            line.append("\n    ").append(cause.getClassName()).append(": ").append(cause.getMessage());
        }
        synchronized (lines) {
            if (lines.size() == MOST) {
                lines.removeFirst();
            }
            lines.addLast(line.toString());
        }
    }

    String text() {
        synchronized (lines) {
            return String.join("\n", lines) + "\n";
        }
    }
}
