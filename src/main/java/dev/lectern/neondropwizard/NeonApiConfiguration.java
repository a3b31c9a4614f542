package dev.lectern.neondropwizard;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.lectern.neon.Secret;
import dev.lectern.neonapi.NeonApiSettings;
import io.dropwizard.validation.selfvalidating.SelfValidating;
import io.dropwizard.validation.selfvalidating.SelfValidation;
import io.dropwizard.validation.selfvalidating.ViolationCollector;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The part of the configuration that lets Neon's API be asked. It is asked where key, project and endpoint are given.
///
/// @param url where it is
/// @param bearer `key`: what lets one ask; empty for none
/// @param project Neon's id of the project; empty for none
/// @param endpoint Neon's id of the compute; empty for none
@SelfValidating
@JsonIgnoreProperties("bearer")
public record NeonApiConfiguration(String url, Secret bearer, String project, String endpoint) {

    private static final Map<String, String> VARIABLES =
            Map.of("key", "NEON_API_KEY", "project", "NEON_PROJECT_ID", "endpoint", "NEON_ENDPOINT_ID");

    /// Nothing is asked.
    public static final NeonApiConfiguration NONE = of(null, null, null, null);

    /// Reads the configuration, with defaults for what is not said.
    @JsonCreator
    public static NeonApiConfiguration of(
            @JsonProperty("url") @Nullable String url,
            @JsonProperty("key") @Nullable String key,
            @JsonProperty("project") @Nullable String project,
            @JsonProperty("endpoint") @Nullable String endpoint) {
        String address = stripped(url).replaceFirst("/+$", "");
        return new NeonApiConfiguration(
                address.isEmpty() ? NeonApiSettings.NEON.toString() : address,
                new Secret(stripped(key)),
                stripped(project),
                stripped(endpoint));
    }

    /// Whom to ask, and of what; empty where that is not given.
    ///
    /// @throws IllegalArgumentException where something given cannot be used; the message begins with its key
    public Optional<NeonApiSettings> settings() {
        return given().size() == 3
                ? Optional.of(
                        new NeonApiSettings(address(), bearer, project, endpoint, NeonApiSettings.DEFAULT_TIMEOUT))
                : Optional.empty();
    }

    /// Says under which key what is missing or wrong, without printing the one of Neon's API. One value alone is no
    /// mistake: other programs use the same variables.
    @SelfValidation
    public void check(ViolationCollector violations) {
        Map<String, String> given = given();
        if (given.size() == 2) {
            VARIABLES.forEach((key, variable) -> {
                if (!given.containsKey(key)) {
                    violations.addViolation(
                            key, "must be given, as " + variable + ", since the other two of neonApi are");
                }
            });
            return;
        }
        try {
            settings();
        } catch (IllegalArgumentException e) {
            String[] flaw = String.valueOf(e.getMessage()).split(" ", 2);
            violations.addViolation(flaw[0], flaw[1]);
        }
    }

    private URI address() {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("url is no address", e);
        }
    }

    private Map<String, String> given() {
        Map<String, String> given =
                new HashMap<>(Map.of("key", bearer.value(), "project", project, "endpoint", endpoint));
        given.values().removeIf(String::isEmpty);
        return given;
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}
