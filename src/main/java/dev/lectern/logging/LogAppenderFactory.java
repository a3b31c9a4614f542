package dev.lectern.logging;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.async.AsyncAppenderFactory;
import io.dropwizard.logging.common.filter.LevelFilterFactory;
import io.dropwizard.logging.common.layout.LayoutFactory;

/// The appender `lectern` of the configuration: JSON on the standard output, or text on the standard error.
@JsonTypeName("lectern")
public final class LogAppenderFactory extends ConsoleAppenderFactory<ILoggingEvent> {

    private LogFormat format = LogFormat.AUTO;

    @JsonProperty
    public LogFormat getFormat() {
        return format;
    }

    @JsonProperty
    public void setFormat(LogFormat format) {
        this.format = format;
    }

    @Override
    public Appender<ILoggingEvent> build(
            LoggerContext context,
            String application,
            LayoutFactory<ILoggingEvent> layouts,
            LevelFilterFactory<ILoggingEvent> levels,
            AsyncAppenderFactory<ILoggingEvent> async) {
        boolean json = format.isJson(System.console());
        setTarget(json ? ConsoleStream.STDOUT : ConsoleStream.STDERR);
        if (json) {
            setLayout((logs, timeZone) -> new JsonLayout());
        }
        return super.build(context, application, layouts, levels, async);
    }

    @Override
    protected LayoutBase<ILoggingEvent> buildLayout(LoggerContext context, LayoutFactory<ILoggingEvent> layouts) {
        LayoutBase<ILoggingEvent> layout = super.buildLayout(context, layouts);
        return layout instanceof JsonLayout ? layout : new TextLayout(layout);
    }
}
