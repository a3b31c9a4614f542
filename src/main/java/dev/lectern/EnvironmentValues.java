package dev.lectern;

import java.util.function.Function;
import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.lookup.StringLookup;
import org.apache.commons.text.lookup.StringLookupFactory;
import org.jspecify.annotations.Nullable;

/// Puts the environment's variables into the configuration's text. Strings stand there in single quotes, so a quote in
/// a value is doubled, as YAML wants it.
final class EnvironmentValues {

    private EnvironmentValues() {}

    static StringSubstitutor substitutor() {
        return substitutor(EnvironmentValues::value);
    }

    /// The value of a variable as it is; null where it is not set.
    static @Nullable String value(@Nullable String name) {
        return name == null
                ? null
                : StringLookupFactory.INSTANCE.environmentVariableStringLookup().apply(name);
    }

    /// @param variables the value of a variable, or null
    static StringSubstitutor substitutor(Function<String, @Nullable String> variables) {
        StringSubstitutor substitutor = new StringSubstitutor((StringLookup) name -> {
            String value = variables.apply(name);
            return value == null || value.isBlank() ? null : value.replace("'", "''");
        });
        return substitutor.setDisableSubstitutionInValues(true);
    }
}
