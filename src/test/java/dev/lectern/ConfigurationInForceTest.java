package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lectern.console.ConfigurationValue;
import dev.lectern.console.ConfigurationValue.Source;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigurationInForceTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void tells_of_each_value_where_it_comes_from() throws Exception {
        List<ConfigurationValue> values = values(Map.of("LECTERN_POOL_SIZE", "24", "LECTERN_REPLICAS", " "), "", "");

        assertThat(values)
                .contains(
                        new ConfigurationValue(
                                "database.maximumPoolSize", "24", Source.ENVIRONMENT, "LECTERN_POOL_SIZE"),
                        new ConfigurationValue("database.replicas", "1", Source.DEFAULT, "LECTERN_REPLICAS"),
                        new ConfigurationValue(
                                "database.connectTimeout", "1s", Source.DEFAULT, "DATABASE_CONNECT_TIMEOUT"),
                        new ConfigurationValue(
                                "server.adminConnectors[0].port", "8081", Source.DEFAULT, "LECTERN_ADMIN_PORT"),
                        new ConfigurationValue("server.rootPath", "/", Source.FILE, null),
                        new ConfigurationValue("database.url", "", Source.DEFAULT, "DATABASE_URL"),
                        new ConfigurationValue("llm.openai.temperature", "", Source.DEFAULT, "OPENAI_TEMPERATURE"));
        assertThat(values).allSatisfy(value -> assertThat(value.value()).doesNotContain("${"));
    }

    @Test
    void a_value_that_the_jvm_was_given_comes_from_no_variable() throws Exception {
        assertThat(values(Map.of("LECTERN_WARMUP", "off"), "/warmup", "policy", "always"))
                .contains(new ConfigurationValue("warmup.policy", "always", Source.ENVIRONMENT, null));
    }

    @Test
    void shows_no_secret() throws Exception {
        List<ConfigurationValue> values = values(
                Map.of(
                        "DATABASE_URL", "postgresql://reader:hunter2@db.example/book?sslmode=require",
                        "DATABASE_URL_DIRECT", "postgresql://reader@db.example/book?password=hunter2",
                        "LECTERN_TOKEN_SECRET", "hunter2 hunter2 hunter2 hunter2 hunter2",
                        "LECTERN_TOKEN_SECRETS_PREVIOUS", "hunter2 hunter2 hunter2 hunter2 hunter2",
                        "LECTERN_API_KEY", "hunter2 hunter2 hunter2",
                        "LECTERN_ADMIN_TOKEN", "hunter2 hunter2 hunter2",
                        "NEON_API_KEY", "hunter2",
                        "NEON_API_URL", "https://somebody:hunter2@neon.example/",
                        "OPENAI_API_KEY", "hunter2"),
                "",
                "");

        assertThat(values).allSatisfy(value -> assertThat(value.value()).doesNotContain("hunter2"));
        assertThat(values)
                .contains(
                        new ConfigurationValue(
                                "database.url",
                                "postgresql://reader:****@db.example:5432/book?sslmode=require",
                                Source.ENVIRONMENT,
                                "DATABASE_URL"),
                        new ConfigurationValue("access.adminToken", "***", Source.ENVIRONMENT, "LECTERN_ADMIN_TOKEN"));
    }

    @Test
    void a_secret_that_is_not_set_is_shown_as_nothing() throws Exception {
        assertThat(values(Map.of(), "", ""))
                .contains(new ConfigurationValue("access.apiKey", "", Source.DEFAULT, "LECTERN_API_KEY"));
    }

    private static List<ConfigurationValue> values(Map<String, String> environment, String at, String... override)
            throws Exception {
        ConfigurationInForce inForce = new ConfigurationInForce();
        SubstitutingSourceProvider source = new SubstitutingSourceProvider(
                inForce.reading(new FileConfigurationSourceProvider()),
                EnvironmentValues.substitutor(environment::get));
        try (InputStream text = source.open("config.yml")) {
            ObjectNode whole = (ObjectNode) YAML.readTree(text);
            if (!at.isEmpty()) {
                ((ObjectNode) whole.at(at)).put(override[0], override[1]);
            }
            inForce.take(whole);
        }
        return inForce.values(environment::get);
    }
}
