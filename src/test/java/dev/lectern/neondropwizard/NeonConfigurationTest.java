package dev.lectern.neondropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.neon.NeonSettings;
import dev.lectern.neon.NeonUrl;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NeonConfigurationTest {

    private static final String HOST = "ep-x-1.us-east-2.aws.neon.tech";
    private static final String POOLER = "ep-x-1-pooler.us-east-2.aws.neon.tech";

    private final ObjectMapper json = Jackson.newObjectMapper();
    private final Validator validator = Validators.newValidator();

    @Test
    void needs_nothing_said() {
        NeonConfiguration configuration = read(Map.of("url", "", "directUrl", ""));

        assertThat(configuration).isEqualTo(NeonConfiguration.unnamed());
        assertThat(configuration.named()).isFalse();
        assertThat(violations(configuration)).isEmpty();
        NeonUrl url = NeonUrl.parse("postgresql://u@localhost/d");
        assertThat(configuration.settings(url)).isEqualTo(NeonSettings.of(url));
    }

    @Test
    void takes_what_is_said() {
        NeonConfiguration configuration = read(Map.of(
                "url",
                "postgresql://u:p@" + POOLER + "/d",
                "directUrl",
                "postgresql://u:p@" + HOST + "/d",
                "maximumPoolSize",
                7,
                "loginTimeout",
                "PT9S"));

        assertThat(violations(configuration)).isEmpty();
        assertThat(configuration.url().pooled()).isTrue();
        assertThat(configuration.direct().pooled()).isFalse();
        NeonSettings settings = configuration.settings(configuration.url());
        assertThat(settings.maximumPoolSize()).isEqualTo(7);
        assertThat(settings.timeouts().login()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void names_the_key_of_what_is_wrong_and_never_the_password() {
        NeonConfiguration configuration = read(Map.of(
                "url", "postgresql://u:se/cret@h/d",
                "maximumPoolSize", 0,
                "socketTimeout", "PT0S",
                "maximumLifetime", "PT1S"));

        assertThat(violations(configuration))
                .anyMatch(text -> text.startsWith("url ") && text.contains("%2F"))
                .anyMatch(text -> text.startsWith("maximumPoolSize "))
                .anyMatch(text -> text.startsWith("socketTimeout "))
                .anyMatch(text -> text.startsWith("maximumLifetime "))
                .noneMatch(text -> text.contains("cret"));
        assertThat(configuration.toString()).doesNotContain("cret");
    }

    @Test
    void demands_a_direct_way_where_the_first_goes_through_the_pooler() {
        assertThat(violations(read(Map.of("url", "postgresql://u:p@" + POOLER + "/d"))))
                .singleElement()
                .asString()
                .startsWith("directUrl ")
                .contains("pooler");
    }

    @Test
    void prints_no_connection_string_as_json() throws Exception {
        assertThat(json.writeValueAsString(read(Map.of("url", "postgresql://u:s3cret@" + HOST + "/d"))))
                .doesNotContain("s3cret");
    }

    private NeonConfiguration read(Map<String, Object> values) {
        return json.convertValue(values, NeonConfiguration.class);
    }

    private List<String> violations(NeonConfiguration configuration) {
        return validator.validate(configuration).stream()
                .map((ConstraintViolation<NeonConfiguration> each) -> each.getPropertyPath() + " " + each.getMessage())
                .toList();
    }
}
