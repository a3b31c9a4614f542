package dev.lectern.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedDatabaseSettingsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a$HOME", "a`id`", "a\"b", "a\nb"})
    void refuses_a_home_that_a_shell_would_read_otherwise(String name) {
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> EmbeddedDatabaseSettings.in(Path.of(name)))
                .withMessageContaining("choose a folder whose name has no quotes");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_536})
    void refuses_a_port_that_is_none(int port) {
        Path home = Path.of("home");
        assertThatExceptionOfType(EmbeddedDatabaseException.class)
                .isThrownBy(() -> new EmbeddedDatabaseSettings(home, OptionalInt.of(port), home))
                .withMessageContaining("between 1 and 65535");
    }

    @Test
    void unpacks_the_program_into_the_home_by_itself() {
        Path home = Path.of("home").toAbsolutePath();
        assertThat(EmbeddedDatabaseSettings.in(Path.of("home")))
                .isEqualTo(new EmbeddedDatabaseSettings(home, OptionalInt.empty(), home.resolve("postgres/program")));
    }
}
