package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.neon.NeonUrl;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {

    @TempDir
    private Path folder;

    @Test
    void the_file_is_whole_without_any_variable() throws Exception {
        LecternConfiguration configuration = read(Map.of());

        assertThat(configuration.getDatabase().named()).isFalse();
        assertThat(configuration.getDatabase().maximumPoolSize()).isEqualTo(16);
        assertThat(configuration.getHome()).isEqualTo(Path.of(".lectern"));
        assertThat(configuration.getAccess().tokenLifetime()).isEqualTo(Duration.ofDays(30));
        assertThat(configuration.getAccess().apiKey()).isNull();
    }

    @Test
    void values_come_from_the_environment_whatever_characters_they_hold() throws Exception {
        String key = "p'a\"s:#{s}%20${HOME}";
        LecternConfiguration configuration = read(Map.of(
                "LECTERN_API_KEY", "a key with ' and \" and # and : in it",
                "LECTERN_TOKEN_LIFETIME", "PT36H",
                "LECTERN_LLM", "openai",
                "OPENAI_API_KEY", key,
                "DATABASE_URL", "postgresql://u:p%27w@ep-cool-1.eu-central-1.aws.neon.tech/db?sslmode=require"));

        assertThat(configuration.getAccess().apiKey()).isEqualTo("a key with ' and \" and # and : in it");
        assertThat(configuration.getAccess().tokenLifetime()).isEqualTo(Duration.ofHours(36));
        assertThat(configuration.getDatabase().url().password().value()).isEqualTo("p'w");
        assertThat(configuration.getLlm().openai().apiKey()).isEqualTo(key);
        assertThat(configuration.getLlm().model()).isEqualTo(LecternConfiguration.LanguageModelSettings.Model.OPENAI);
    }

    @Test
    void durations_have_a_short_form() throws Exception {
        assertThat(read(Map.of("DATABASE_CONNECT_TIMEOUT", "250ms"))
                        .getDatabase()
                        .connectTimeout())
                .isEqualTo(Duration.ofMillis(250));
        assertThat(read(Map.of("NEON_SUSPEND_TIMEOUT", "1m")).getDatabase().suspendTimeout())
                .isEqualTo(Duration.ofMinutes(1));
        refused(Map.of("NEON_SUSPEND_TIMEOUT", "soon"), "database.suspendTimeout");
        refused(Map.of("NEON_SUSPEND_TIMEOUT", "-1s"), "database.suspendTimeout");
    }

    @Test
    void the_embedded_database_says_itself_when_it_is_suspended() throws Exception {
        NeonUrl url = NeonUrl.parse("postgresql://alice:secret@localhost/book");
        DatabaseLocation location = new DatabaseLocation(url, url, null, null);
        Map<String, String> embedded = Map.of("NEON_SUSPEND_TIMEOUT", "1m", "EMBEDDED_SUSPEND_AFTER", "3s");

        assertThat(location.settings(read(embedded)).suspendTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(location.settings(read(Map.of("NEON_SUSPEND_TIMEOUT", "1m", "DATABASE_URL", url.toString())))
                        .suspendTimeout())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void the_embedded_database_behaves_as_the_smallest_compute_unless_told_otherwise() throws Exception {
        assertThat(read(Map.of()).getEmbedded().gateway()).isEqualTo(GatewaySettings.DEFAULT);
        assertThat(read(Map.of(
                                "EMBEDDED_SUSPEND_AFTER", "0s",
                                "EMBEDDED_WAKE_DELAY", "PT2S",
                                "EMBEDDED_ROUND_TRIP_DELAY", "5ms",
                                "EMBEDDED_CU", "2"))
                        .getEmbedded()
                        .gateway())
                .isEqualTo(new GatewaySettings(Duration.ZERO, Duration.ofSeconds(2), Duration.ofMillis(5), 2));
        refused(Map.of("EMBEDDED_CU", "0.1"), "embedded.computeUnits", "0.25");
        refused(Map.of("EMBEDDED_WAKE_DELAY", "PT-1S"), "embedded.wakeDelay");
        refused(Map.of("EMBEDDED_ROUND_TRIP_DELAY", "1h"), "embedded.roundTripDelay");
        refused(Map.of("EMBEDDED_SUSPEND_AFTER", "soon"), "embedded.suspendAfter");
    }

    @Test
    void two_of_the_three_that_Neons_api_needs_stop_the_start_with_the_name_of_the_third() throws Exception {
        Map<String, String> whole =
                Map.of("NEON_API_KEY", "napi_s3cret", "NEON_PROJECT_ID", "name-1", "NEON_ENDPOINT_ID", "ep-name-1");
        assertThat(read(whole).getNeonApi().settings().orElseThrow().endpoint()).isEqualTo("ep-name-1");
        assertThat(read(Map.of("NEON_API_KEY", "napi_s3cret")).getNeonApi().settings())
                .isEmpty();

        Map.of("key", "NEON_API_KEY", "project", "NEON_PROJECT_ID", "endpoint", "NEON_ENDPOINT_ID")
                .forEach((key, variable) -> {
                    Map<String, String> others = new HashMap<>(whole);
                    others.remove(variable);
                    refused(others, "neonApi." + key, variable);
                });
        assertThatThrownBy(() -> read(Map.of(
                        "NEON_API_KEY", "napi s3cret", "NEON_PROJECT_ID", "name-1", "NEON_ENDPOINT_ID", "ep-name-1")))
                .hasMessageContaining("neonApi.key")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void a_bad_value_stops_the_start_with_the_name_of_its_key() {
        refused(Map.of("LECTERN_API_KEY", "short"), "access.apiKey", "16");
        refused(Map.of("LECTERN_TOKEN_SECRET", "short"), "access.tokenSecret", "32");
        refused(Map.of("LECTERN_TOKEN_LIFETIME", "0s"), "access.tokenLifetime");
        refused(Map.of("LECTERN_POOL_SIZE", "0"), "maximumPoolSize", "1");
        refused(Map.of("LECTERN_LLM", "parrot"), "llm.model");
    }

    @Test
    void secrets_before_the_one_that_signs_are_good_where_there_is_one_that_signs() throws Exception {
        String first = "the secret that signs has 32 characters";
        String second = "the secret that has signed before it";

        assertThat(read(Map.of()).getAccess().tokenKeys()).isEmpty();
        assertThat(read(Map.of("LECTERN_TOKEN_SECRET", first)).getAccess().tokenKeys())
                .isPresent();
        assertThat(read(Map.of("LECTERN_TOKEN_SECRET", first, "LECTERN_TOKEN_SECRETS_PREVIOUS", second + " , " + first))
                        .getAccess()
                        .tokenKeys())
                .isPresent();
        refused(Map.of("LECTERN_TOKEN_SECRETS_PREVIOUS", second), "previousTokenSecrets", "tokenSecret");
        refused(
                Map.of("LECTERN_TOKEN_SECRET", first, "LECTERN_TOKEN_SECRETS_PREVIOUS", "hunter2," + second),
                "previousTokenSecrets",
                "32");
        assertThatThrownBy(
                        () -> read(Map.of("LECTERN_TOKEN_SECRET", first, "LECTERN_TOKEN_SECRETS_PREVIOUS", "hunter2")))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void an_identity_provider_needs_an_audience_and_encryption() throws Exception {
        Map<String, String> whole = Map.of(
                "LECTERN_OPENID_ISSUER", "https://login.example/realms/books", "LECTERN_OPENID_AUDIENCE", "the book");
        assertThat(read(whole).getAccess().openId().issuer()).isEqualTo("https://login.example/realms/books");
        assertThat(read(whole).getAccess().anonymous()).isTrue();
        assertThat(read(Map.of("LECTERN_ANONYMOUS", "false")).getAccess().anonymous())
                .isFalse();

        refused(Map.of("LECTERN_OPENID_ISSUER", "https://login.example"), "LECTERN_OPENID_AUDIENCE");
        refused(
                Map.of("LECTERN_OPENID_ISSUER", "http://login.example", "LECTERN_OPENID_AUDIENCE", "the book"),
                "issuer",
                "https");
        refused(Map.of("LECTERN_OPENID_ALGORITHMS", "RS256,HS256"), "algorithms", "HS256");
        refused(Map.of("LECTERN_OPENID_CLOCK_SKEW", "1h"), "clockSkew", "10m");
    }

    @Test
    void origins_are_written_as_browsers_write_them() throws Exception {
        assertThat(read(Map.of()).getAccess().allowedOrigins().origins()).isEmpty();
        assertThat(read(Map.of("LECTERN_ALLOWED_ORIGINS", "https://books.example, http://localhost:3000"))
                        .getAccess()
                        .allowedOrigins()
                        .origins())
                .containsExactlyInAnyOrder("https://books.example", "http://localhost:3000");
        assertThat(read(Map.of("LECTERN_ALLOWED_ORIGINS", "*"))
                        .getAccess()
                        .allowedOrigins()
                        .origins())
                .containsExactly("*");
        for (String none : List.of(
                "books.example",
                "https://*.example",
                "https://books.example/",
                "https://books.example:443",
                "https://Books.example",
                "HTTP://books.example",
                "https://u:p@books.example",
                "ftp://books.example",
                "null",
                "https://books.example,*")) {
            refused(Map.of("LECTERN_ALLOWED_ORIGINS", none), "allowedOrigins has \"");
        }
        refused(Map.of("LECTERN_ALLOWED_ORIGINS", "https://books.example:443/"), "must be https://books.example,");
    }

    @Test
    void a_value_that_cannot_be_read_is_told_what_could() {
        refused(Map.of("LECTERN_LLM", "gpt"), "llm.model is \"gpt\": must be extractive or openai");
        refused(Map.of("LECTERN_REQUEST_DEADLINE", "5"), "database.requestDeadline is \"5\"", "2500ms, 2s");
        refused(
                Map.of("LECTERN_IDLE_TIMEOUT", "x"),
                "server.applicationConnectors[0].idleTimeout is \"x\": must be a duration");
        refused(Map.of("LECTERN_LOG_LEVEL", "LOUD"), "logging.level is \"LOUD\"", "DEBUG");
        refused(Map.of("LECTERN_POOL_SIZE", "many"), "database.maximumPoolSize is \"many\": must be a whole number");
        refused(Map.of("LECTERN_PORT", "http"), "server.applicationConnectors[0].port is \"http\"");
        refused(Map.of("EMBEDDED_CU", "small"), "embedded.computeUnits is \"small\": must be a number");
    }

    @Test
    void a_level_of_the_log_may_be_written_small_and_be_none() {
        assertThatCode(() -> read(Map.of("LECTERN_LOG_LEVEL", "debug"))).doesNotThrowAnyException();
        assertThatCode(() -> read(Map.of("LECTERN_LOG_LEVEL", "OFF"))).doesNotThrowAnyException();
    }

    @Test
    void a_bad_connection_string_is_refused_without_its_password() {
        assertThatThrownBy(() -> read(Map.of("DATABASE_URL", "postgresql://u:hunter2@host:notaport/db")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("url")
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void an_unknown_key_stops_the_start_with_its_name() throws IOException {
        Path file = folder.resolve("config.yml");
        Files.writeString(file, Files.readString(Path.of("config.yml")) + "\ncolour: blue\n");

        assertThatThrownBy(() -> read(file, Map.of())).hasMessageContaining("colour");
    }

    @Test
    void one_port_for_readers_and_operators_stops_the_start() throws IOException {
        Path file = folder.resolve("config.yml");
        Files.writeString(file, """
                server:
                  type: simple
                  connector:
                    type: http
                    bindHost: 127.0.0.1
                """);

        assertThatThrownBy(() -> read(file, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("server.type must be default");
    }

    private static void refused(Map<String, String> environment, String... words) {
        assertThatThrownBy(() -> read(environment))
                .isInstanceOf(ConfigurationException.class)
                .message()
                .contains(words);
    }

    private static LecternConfiguration read(Map<String, String> environment) throws Exception {
        return read(Path.of("config.yml"), environment);
    }

    private static LecternConfiguration read(Path file, Map<String, String> environment) throws Exception {
        LecternApplication application = new LecternApplication();
        Bootstrap<LecternConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        ObjectMapper json = bootstrap.getObjectMapper();
        StringSubstitutor substitutor = EnvironmentValues.substitutor(environment::get);
        return bootstrap
                .getConfigurationFactoryFactory()
                .create(
                        LecternConfiguration.class,
                        bootstrap.getValidatorFactory().getValidator(),
                        json,
                        "test")
                .build(
                        new SubstitutingSourceProvider(new FileConfigurationSourceProvider(), substitutor),
                        file.toString());
    }
}
