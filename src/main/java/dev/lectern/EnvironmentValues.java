package dev.lectern;

import dev.lectern.cli.CommandFailedException;
import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.lookup.StringLookup;
import org.apache.commons.text.lookup.StringLookupFactory;
import org.jspecify.annotations.Nullable;

/// Puts the environment's variables into the configuration's text. Strings stand there in single quotes, so a quote in
/// a value is doubled, as YAML wants it.
final class EnvironmentValues {

    private static final int USAGE = 64;
    private static final String FILE = "_FILE";

    private EnvironmentValues() {}

    static StringSubstitutor substitutor() {
        return substitutor(EnvironmentValues::raw);
    }

    /// The value of a variable, or what is in the file that the variable for its file names; null where neither is set.
    ///
    /// @throws CommandFailedException where both are set, or the file cannot be read
    static @Nullable String value(@Nullable String name) {
        return name == null ? null : value(name, EnvironmentValues::raw);
    }

    /// @param variables the value of a variable, or null
    static StringSubstitutor substitutor(Function<String, @Nullable String> variables) {
        StringSubstitutor substitutor = new StringSubstitutor((StringLookup) name -> {
            String value = value(name, variables);
            return value == null || value.isBlank() ? null : value.replace("'", "''");
        });
        return substitutor.setDisableSubstitutionInValues(true);
    }

    private static @Nullable String value(String name, Function<String, @Nullable String> variables) {
        String value = variables.apply(name);
        String file = SecretFile.mayHold(name) ? variables.apply(name + FILE) : null;
        if (file == null || file.isBlank()) {
            return value;
        }
        if (value != null && !value.isBlank()) {
            throw new CommandFailedException(
                    USAGE, name + " and " + name + FILE + " are both set: which of them is meant?");
        }
        return new SecretFile(name + FILE, file).read();
    }

    private static @Nullable String raw(String name) {
        return StringLookupFactory.INSTANCE.environmentVariableStringLookup().apply(name);
    }
}
