package dev.lectern.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningSecretTest {

    private static final ReaderId READER = new ReaderId(UUID.fromString("019ab000-0000-7000-8000-000000000001"));

    @TempDir
    private Path home;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-29T09:00:00Z"));

    @Test
    void is_made_once_and_then_stays() {
        SigningSecret secret = SigningSecret.in(home.resolve("not/there/yet"));

        List<byte[]> made = secret.readOrMake();

        assertThat(made).singleElement().satisfies(bytes -> assertThat(bytes).hasSize(32));
        assertThat(secret.readOrMake().getFirst()).isEqualTo(made.getFirst());
    }

    @Test
    void only_its_owner_can_read_it() throws IOException {
        SigningSecret secret = SigningSecret.in(home);
        secret.readOrMake();
        secret.rotate(false);

        try (Stream<Path> files = Files.list(home)) {
            assertThat(files)
                    .hasSize(2)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void a_file_that_is_too_short_is_not_used() throws IOException {
        Files.writeString(home.resolve("token-secret"), "short");

        assertThatThrownBy(() -> SigningSecret.in(home).readOrMake()).hasMessageContaining("too short");
    }

    @Test
    void a_rotation_keeps_those_before_it_the_latest_first_and_no_more_than_four() {
        SigningSecret secret = SigningSecret.in(home);
        byte[] first = secret.readOrMake().getFirst();
        secret.rotate(false);
        byte[] second = secret.readOrMake().getFirst();
        secret.rotate(false);

        assertThat(secret.readOrMake()).hasSize(3);
        assertThat(secret.readOrMake().get(1)).isEqualTo(second);
        assertThat(secret.readOrMake().get(2)).isEqualTo(first);

        for (int i = 0; i < 3; i++) {
            secret.rotate(false);
        }
        assertThat(secret.readOrMake()).hasSize(5).noneMatch(bytes -> Arrays.equals(bytes, first));
    }

    @Test
    void a_revocation_leaves_the_new_one_alone() {
        SigningSecret secret = SigningSecret.in(home);
        secret.rotate(false);
        byte[] before = secret.readOrMake().getFirst();

        secret.rotate(true);

        assertThat(secret.readOrMake()).singleElement().isNotEqualTo(before);
    }

    @Test
    void a_running_server_takes_a_rotation_and_a_revocation_up_within_five_seconds() {
        SigningSecret secret = SigningSecret.in(home);
        ReaderTokens tokens = new ReaderTokens(new WatchedSecret(secret, now::get), Duration.ofDays(30), now::get);
        String before = tokens.issue(READER).token();

        secret.rotate(false);
        pass(Duration.ofSeconds(5));
        String after = tokens.issue(READER).token();
        assertThat(tokens.verify(before)).contains(READER);
        assertThat(new ReaderTokens(new WatchedSecret(secret, now::get), Duration.ofDays(30), now::get).verify(after))
                .contains(READER);

        secret.rotate(true);
        assertThat(tokens.verify(before)).contains(READER);
        pass(Duration.ofSeconds(5));
        assertThat(tokens.verify(before)).isEmpty();
        assertThat(tokens.verify(after)).isEmpty();
        assertThat(tokens.verify(tokens.issue(READER).token())).contains(READER);
    }

    @Test
    void files_that_cannot_be_read_change_nothing_for_a_running_server() throws IOException {
        SigningSecret secret = SigningSecret.in(home);
        ReaderTokens tokens = new ReaderTokens(new WatchedSecret(secret, now::get), Duration.ofDays(30), now::get);
        String before = tokens.issue(READER).token();

        Files.writeString(secret.file(), "short");
        pass(Duration.ofSeconds(5));

        assertThat(tokens.verify(before)).contains(READER);
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}
