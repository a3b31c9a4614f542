package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import com.codahale.metrics.MetricRegistry;
import dev.lectern.LecternConfiguration.LanguageModelSettings;
import dev.lectern.LecternConfiguration.LanguageModelSettings.Model;
import dev.lectern.llm.openai.OpenAiModel;
import dev.lectern.llm.openai.OpenAiSettings;
import dev.lectern.testing.CapturedLog;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelsTest {

    private static final String KEY = "a key that is nobody's business";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://models.example/v1",
                "HTTP://10.0.0.7:11434/v1",
                "http://127.0.0.1.models.example/v1",
                "http://[2001:db8::1]/v1"
            })
    void a_key_that_goes_over_a_network_in_the_clear_is_warned_of(String url) {
        List<String> warnings = warnings(Model.OPENAI, url);

        assertThat(warnings).singleElement().asString().contains("OPENAI_BASE_URL", "plain HTTP");
        assertThat(warnings.toString()).contains(URI.create(url).getHost()).doesNotContain("business");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://models.example/v1",
                "http://localhost:11434/v1",
                "http://127.0.0.1:11434/v1",
                "http://[::1]:11434/v1"
            })
    void what_is_encrypted_or_stays_on_this_machine_is_not(String url) {
        assertThat(warnings(Model.OPENAI, url)).isEmpty();
    }

    @Test
    void nor_is_a_model_that_is_not_asked() {
        assertThat(warnings(Model.EXTRACTIVE, "http://models.example/v1")).isEmpty();
    }

    private static List<String> warnings(Model kind, String url) {
        OpenAiSettings openai = OpenAiSettings.of(URI.create(url), KEY.replace(' ', '-'), "a-model");
        try (CapturedLog log = CapturedLog.of(LanguageModels.class.getName())) {
            LanguageModels models = LanguageModels.of(
                    new LanguageModelSettings(kind, openai), new LifecycleEnvironment(new MetricRegistry()));
            if (models.model() instanceof OpenAiModel model) {
                model.close();
            }
            return log.messages(Level.WARN);
        }
    }
}
