package dev.lectern.neondropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neonapi.NeonApiSettings;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import jakarta.validation.Validator;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeonApiConfigurationTest {

    private static final Map<String, String> WHOLE =
            Map.of("key", "napi_s3cret", "project", "name-123456", "endpoint", "ep-name-123456");

    private final ObjectMapper json = Jackson.newObjectMapper();
    private final Validator validator = Validators.newValidator();

    @Test
    void nothing_given_asks_nothing() {
        NeonApiConfiguration configuration = read(Map.of("url", "", "key", " ", "project", "", "endpoint", ""));

        assertThat(configuration).isEqualTo(NeonApiConfiguration.NONE);
        assertThat(violations(configuration)).isEmpty();
        assertThat(configuration.settings()).isEmpty();
    }

    @Test
    void all_three_ask_Neon_unless_another_address_is_given() {
        NeonApiConfiguration configuration = read(WHOLE);
        assertThat(violations(configuration)).isEmpty();
        NeonApiSettings settings = configuration.settings().orElseThrow();
        assertThat(settings.url()).isEqualTo(URI.create("https://console.neon.tech/api/v2"));
        assertThat(settings.key().value()).isEqualTo("napi_s3cret");
        assertThat(settings.project()).isEqualTo("name-123456");
        assertThat(settings.endpoint()).isEqualTo("ep-name-123456");

        assertThat(read(with("url", "http://127.0.0.1:9/api/"))
                        .settings()
                        .orElseThrow()
                        .url())
                .isEqualTo(URI.create("http://127.0.0.1:9/api"));
    }

    @ParameterizedTest
    @CsvSource({"key, NEON_API_KEY", "project, NEON_PROJECT_ID", "endpoint, NEON_ENDPOINT_ID"})
    void the_one_that_is_missing_is_named(String key, String variable) {
        assertThat(violations(read(with(key, ""))))
                .singleElement()
                .asString()
                .startsWith(key + " ")
                .contains(variable);
    }

    @ParameterizedTest
    @CsvSource({"key", "project", "endpoint"})
    void one_alone_is_left_to_other_programs(String key) {
        NeonApiConfiguration configuration = read(Map.of(key, WHOLE.get(key)));

        assertThat(violations(configuration)).isEmpty();
        assertThat(configuration.settings()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "url, http://example.org/api/v2",
        "url, console.neon.tech",
        "url, 'https://a b'",
        "key, 'napi s3cret'",
        "project, Name/../x",
        "endpoint, ep-name.eu-central-1.aws.neon.tech"
    })
    void what_cannot_be_used_is_named_without_the_secret(String key, String value) {
        assertThat(violations(read(with(key, value))))
                .singleElement()
                .asString()
                .startsWith(key + " ")
                .doesNotContain("s3cret");
    }

    @Test
    void the_key_is_seen_neither_as_text_nor_as_json() throws Exception {
        NeonApiConfiguration configuration = read(WHOLE);

        assertThat(configuration.toString()).doesNotContain("s3cret").contains("ep-name-123456");
        assertThat(configuration.settings().toString()).doesNotContain("s3cret");
        assertThat(json.writeValueAsString(configuration)).doesNotContain("s3cret");
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> values = new HashMap<>(WHOLE);
        values.put(key, value);
        return values;
    }

    private NeonApiConfiguration read(Map<String, String> values) {
        return json.convertValue(values, NeonApiConfiguration.class);
    }

    private List<String> violations(NeonApiConfiguration configuration) {
        return validator.validate(configuration).stream()
                .map(each -> each.getPropertyPath() + " " + each.getMessage())
                .toList();
    }
}
