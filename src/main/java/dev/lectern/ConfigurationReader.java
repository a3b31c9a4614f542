package dev.lectern;

import ch.qos.logback.classic.Level;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationParsingException;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.Validator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the configuration, and says of a value that cannot be read what could.
final class ConfigurationReader<T> extends YamlConfigurationFactory<T> {

    private static final String DURATION = "must be a duration: 2500ms, 2s, 5m, 12h or 30d";

    private final ObjectMapper json;
    private final Consumer<JsonNode> read;
    private final boolean validates;

    /// @param read is told what is in force, variables and properties of the JVM included
    ConfigurationReader(
            Class<T> type,
            @Nullable Validator validator,
            ObjectMapper json,
            String propertyPrefix,
            Consumer<JsonNode> read) {
        super(type, validator, json, propertyPrefix);
        this.json = json;
        this.read = read;
        this.validates = validator != null;
    }

    @Override
    protected T build(JsonNode node, String path) throws IOException, ConfigurationException {
        String level = node.at("/logging/level").asText("INFO");
        if (Level.toLevel(level, null) == null) {
            throw new UnreadableValueException(
                    path, "logging.level is \"" + level + "\": must be OFF, ERROR, WARN, INFO, DEBUG, TRACE or ALL");
        }
        try {
            T configuration = super.build(node, path);
            // By now what the JVM was given has taken the place of what was read.
            Encryption encryption = Encryption.of(node);
            if (encryption.isWanted()) {
                String flaw = validates ? encryption.flaw() : "";
                if (!flaw.isEmpty()) {
                    throw new UnreadableValueException(path, flaw);
                }
                encryption.applyTo(node);
                configuration = super.build(node, path);
            }
            read.accept(node);
            return configuration;
        } catch (ConfigurationParsingException e) {
            Optional<String> flaw = flaw(node, e.getCause());
            if (flaw.isPresent()) {
                throw new UnreadableValueException(path, flaw.get());
            }
            throw e;
        }
    }

    private Optional<String> flaw(JsonNode node, @Nullable Throwable cause) {
        return switch (cause) {
            case InvalidFormatException e -> flaw(node, e, e.getTargetType());
            case ValueInstantiationException e -> flaw(node, e, e.getType().getRawClass());
            case null, default -> Optional.empty();
        };
    }

    private Optional<String> flaw(JsonNode node, JsonMappingException e, Class<?> type) {
        return rule(type).map(rule -> key(e) + " is \"" + value(node, e) + "\": " + rule);
    }

    /// What a value of the type is written as; empty where the type says nothing of it.
    private Optional<String> rule(Class<?> type) {
        if (type == Duration.class || type == io.dropwizard.util.Duration.class) {
            return Optional.of(DURATION);
        }
        if (type == int.class || type == Integer.class || type == long.class || type == Long.class) {
            return Optional.of("must be a whole number");
        }
        if (type == double.class || type == Double.class) {
            return Optional.of("must be a number");
        }
        return Optional.ofNullable(type.getEnumConstants())
                .map(choices -> "must be "
                        + Stream.of(choices)
                                .map(choice -> json.convertValue(choice, String.class))
                                .collect(Collectors.joining(" or ")));
    }

    private static String key(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .substring(1);
    }

    private static String value(JsonNode node, JsonMappingException e) {
        JsonNode value = node;
        for (JsonMappingException.Reference step : e.getPath()) {
            value = step.getFieldName() == null ? value.path(step.getIndex()) : value.path(step.getFieldName());
        }
        return value.asText();
    }

    /// Stops the start with a sentence about one value.
    private static final class UnreadableValueException extends ConfigurationException {

        private static final long serialVersionUID = 1L;

        UnreadableValueException(String path, String flaw) {
            super(path, List.of(flaw));
        }
    }
}
