package dev.lectern.llm.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiSettingsTest {

    private static final URI LOCAL = URI.create("http://localhost:11434/v1");

    @Test
    void what_is_absent_has_a_default() throws Exception {
        var settings = new ObjectMapper().readValue("{\"model\": \"m\", \"apiKey\": \" \"}", OpenAiSettings.class);

        assertThat(settings).isEqualTo(OpenAiSettings.of(URI.create("https://api.openai.com/v1"), null, "m"));
    }

    @Test
    void shows_no_key() {
        assertThat(OpenAiSettings.of(LOCAL, "sk-secret", "m").toString())
                .doesNotContain("sk-secret")
                .contains("***");
        assertThat(OpenAiSettings.of(LOCAL, null, "m").toString()).contains("apiKey=none");
    }

    @Test
    void a_key_that_no_header_admits_is_refused_without_being_shown() {
        assertThatThrownBy(() -> OpenAiSettings.of(LOCAL, "sk-sec\nret", "m"))
                .hasMessageContaining("apiKey")
                .hasMessageNotContaining("sk-sec");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://host/v1", "localhost/v1", "http:///v1", "https://user:password@host/v1"})
    void a_url_that_is_no_servers_is_refused(String url) {
        assertThatThrownBy(() -> OpenAiSettings.of(URI.create(url), null, "m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("baseUrl");
    }

    @Test
    void the_whole_cannot_be_shorter_than_its_beginning() {
        var settings = OpenAiSettings.of(LOCAL, null, "m");

        assertThatThrownBy(() ->
                        settings.withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(9)))
                .hasMessageContaining("totalTimeout");
        assertThatThrownBy(() -> settings.withTimeouts(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(9)))
                .hasMessageContaining("connectTimeout");
    }
}
