package dev.lectern.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/// An event as one line of JSON: when, how grave, who and what; the ids of request and trace; what the event itself
/// adds, numbers as numbers; and the stack of an error.
final class JsonLayout extends LayoutBase<ILoggingEvent> {

    private final JsonFactory json = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
            .build();

    JsonLayout() {
        start();
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        StringWriter line = new StringWriter(512);
        try (JsonGenerator out = json.createGenerator(line)) {
            out.writeStartObject();
            write(event, out);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        // JSON lets some stand as they are, which only strings have.
        return InvisibleCharacters.escaped(line.toString()) + '\n';
    }

    private static void write(ILoggingEvent event, JsonGenerator out) throws IOException {
        out.writeStringField("at", Instant.ofEpochMilli(event.getTimeStamp()).toString());
        out.writeStringField("level", event.getLevel().toString());
        out.writeStringField("logger", event.getLoggerName());
        if (!event.getThreadName().isEmpty()) {
            out.writeStringField("thread", event.getThreadName());
        }
        out.writeStringField("message", event.getFormattedMessage());
        for (Map.Entry<String, String> entry : event.getMDCPropertyMap().entrySet()) {
            out.writeStringField(entry.getKey(), entry.getValue());
        }
        List<KeyValuePair> pairs = event.getKeyValuePairs();
        for (KeyValuePair pair : pairs == null ? List.<KeyValuePair>of() : pairs) {
            write(pair.key, pair.value, out);
        }
        IThrowableProxy error = event.getThrowableProxy();
        if (error != null) {
            out.writeStringField("error", ThrowableProxyUtil.asString(error));
        }
    }

    private static void write(String key, @Nullable Object value, JsonGenerator out) throws IOException {
        out.writeFieldName(key);
        switch (value) {
            case null -> out.writeNull();
            case Integer number -> out.writeNumber(number);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case Boolean truth -> out.writeBoolean(truth);
            default -> out.writeString(value.toString());
        }
    }
}
