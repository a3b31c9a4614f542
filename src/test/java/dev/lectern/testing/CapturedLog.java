package dev.lectern.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What is logged from any thread, down to DEBUG, instead of being printed.
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private CapturedLog(String name) {
        logger = (Logger) LoggerFactory.getLogger(name);
    }

    /// Of a class or a package.
    public static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(name);
        log.start();
        log.logger.setLevel(Level.DEBUG);
        log.logger.setAdditive(false);
        log.logger.addAppender(log);
        return log;
    }

    public List<String> messages() {
        return messages(Level.DEBUG);
    }

    /// At this level or above.
    public List<String> messages(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    @Override
    protected void append(ILoggingEvent event) {
        events.add(event);
    }
}
