package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.cli.CommandFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DATABASE_URL",
                "DATABASE_URL_DIRECT",
                "NEON_API_KEY",
                "OPENAI_API_KEY",
                "LECTERN_TOKEN_SECRET",
                "LECTERN_TOKEN_SECRETS_PREVIOUS",
                "LECTERN_API_KEY",
                "LECTERN_ADMIN_TOKEN"
            })
    void every_secret_of_the_configuration_may_be_in_a_file(String variable) throws IOException {
        assertThat(Files.readString(Path.of("config.yml"))).contains("${" + variable + ":-}");
        assertThat(substituted(variable, Map.of(variable + "_FILE", file("s3cret"))))
                .isEqualTo("s3cret");
    }

    @Test
    void no_secret_is_left_out() throws IOException {
        assertThat(Files.readString(Path.of("config.yml")).lines())
                .filteredOn(
                        line -> line.matches("\\s*(url|directUrl|\\w*([sS]ecrets?|[kK]ey|[tT]oken|[pP]assword)): .*"))
                .filteredOn(line -> line.contains("${") && !line.contains("NEON_API_URL"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(SecretFile.mayHold(line.replaceAll(".*\\$\\{(\\w+).*", "$1")))
                        .as(line)
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "s3cret, s3cret",
                "s3cret\\n, s3cret",
                "s3cret\\r\\n, s3cret",
                "` with spaces \\n`, ` with spaces `",
                "it's, it''s"
            })
    void the_end_of_the_line_is_no_part_of_it_and_everything_else_is(String text, String value) throws IOException {
        String written = text.replace("\\n", "\n").replace("\\r", "\r");

        assertThat(substituted("NEON_API_KEY", Map.of("NEON_API_KEY_FILE", file(written))))
                .isEqualTo(value);
    }

    @Test
    void a_file_of_nothing_is_as_if_it_were_not_named() throws IOException {
        assertThat(substituted("NEON_API_KEY", Map.of("NEON_API_KEY_FILE", " ")))
                .isEmpty();
        assertThat(substituted("NEON_API_KEY", Map.of("NEON_API_KEY", " ", "NEON_API_KEY_FILE", file("s3cret"))))
                .isEqualTo("s3cret");
    }

    @Test
    void what_is_no_secret_comes_from_no_file() throws IOException {
        assertThat(substituted("LECTERN_HOME", Map.of("LECTERN_HOME_FILE", file("elsewhere"))))
                .isEmpty();
    }

    @Test
    void both_are_refused() throws IOException {
        refused(
                Map.of("NEON_API_KEY", "s3cret", "NEON_API_KEY_FILE", file("s3cret")),
                "NEON_API_KEY and NEON_API_KEY_FILE are both set");
    }

    @Test
    void a_file_that_cannot_be_a_secret_is_refused_by_the_name_of_its_variable() throws IOException {
        refused(Map.of("NEON_API_KEY_FILE", folder.resolve("none").toString()), "NEON_API_KEY_FILE: the file ", "none");
        refused(Map.of("NEON_API_KEY_FILE", folder.toString()), "NEON_API_KEY_FILE", "cannot be read");
        refused(Map.of("NEON_API_KEY_FILE", "\0"), "NEON_API_KEY_FILE", "cannot be read");
        refused(Map.of("NEON_API_KEY_FILE", file("\n")), "NEON_API_KEY_FILE", "has nothing in it");
        refused(Map.of("NEON_API_KEY_FILE", file("s3cret\ns3cret\n")), "NEON_API_KEY_FILE", "more than one line");
        refused(Map.of("NEON_API_KEY_FILE", file("s3cret".repeat(20_000))), "NEON_API_KEY_FILE", "larger");
        Files.write(folder.resolve("secret"), new byte[] {'s', (byte) 0xff});
        refused(Map.of("NEON_API_KEY_FILE", folder.resolve("secret").toString()), "NEON_API_KEY_FILE", "UTF-8");
    }

    private static void refused(Map<String, String> environment, String... words) {
        assertThatThrownBy(() -> substituted("NEON_API_KEY", environment))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageNotContaining("s3cret")
                .message()
                .contains(words);
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("secret"), text).toString();
    }

    private static String substituted(String variable, Map<String, String> environment) {
        return EnvironmentValues.substitutor(environment::get).replace("${" + variable + ":-}");
    }
}
