package dev.lectern;

import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.lookup.StringLookup;
import org.apache.commons.text.lookup.StringLookupFactory;

/// Puts the environment's variables into the configuration's text. Strings stand there in single quotes, so a quote in
/// a value is doubled, as YAML wants it.
final class EnvironmentValues {

    private EnvironmentValues() {}

    static StringSubstitutor substitutor() {
        StringLookup environment = StringLookupFactory.INSTANCE.environmentVariableStringLookup();
        return new StringSubstitutor((StringLookup) name -> {
            String value = environment.apply(name);
            return value == null || value.isBlank() ? null : value.replace("'", "''");
        });
    }
}
