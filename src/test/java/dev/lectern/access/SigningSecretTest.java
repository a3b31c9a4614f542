package dev.lectern.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSecretTest {

    @TempDir
    private Path home;

    @Test
    void is_made_once_and_then_stays() {
        Path file = home.resolve("not/there/yet/secret");

        byte[] made = SigningSecret.readOrMake(file);

        assertThat(made).hasSize(32);
        assertThat(SigningSecret.readOrMake(file)).isEqualTo(made);
    }

    @Test
    void only_its_owner_can_read_it() throws IOException {
        Path file = home.resolve("secret");

        SigningSecret.readOrMake(file);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_file_that_is_too_short_is_not_used() throws IOException {
        Path file = Files.writeString(home.resolve("secret"), "short");

        assertThatThrownBy(() -> SigningSecret.readOrMake(file)).hasMessageContaining("too short");
    }
}
