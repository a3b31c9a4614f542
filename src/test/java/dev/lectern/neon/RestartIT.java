package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.neon.failure.DatabaseUnavailableException;
import dev.lectern.neon.monitor.DatabaseState;
import dev.lectern.neon.monitor.DatabaseState.Status;
import dev.lectern.neon.monitor.NeonListener;
import dev.lectern.testing.Timings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server of the test's own, which goes and comes back.
@Tag("alone")
class RestartIT {

    @TempDir
    private Path folder;

    @Test
    void serves_again_by_itself_after_the_server_was_gone() throws Exception {
        int port = freePort();
        CountDownLatch down = new CountDownLatch(1);
        CountDownLatch back = new CountDownLatch(1);
        NeonSettings settings =
                NeonSettings.of(NeonUrl.parse("postgresql://postgres@localhost:" + port + "/postgres?sslmode=disable"));
        NeonListener listener = new NeonListener() {
            @Override
            public void stateChanged(DatabaseState before, DatabaseState after) {
                if (after.status() == Status.DOWN) {
                    down.countDown();
                }
                if (before.status() == Status.DOWN && after.status() == Status.READY) {
                    back.countDown();
                }
            }
        };
        try (NeonDatabase neon = new NeonDatabase(settings, listener, Preparation.NONE)) {
            try (EmbeddedPostgres server = start(port)) {
                assertThat(server.getPort()).isEqualTo(port);
                assertThat(read(neon)).isOne();
            }
            // It had said that it goes: requests wait for some seconds, as in a restart, and are refused after that.
            assertThatThrownBy(() -> read(neon)).isInstanceOf(DatabaseUnavailableException.class);
            assertThat(down.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            Duration took = Timings.shortest(
                    3, () -> assertThatThrownBy(() -> read(neon)).isInstanceOf(DatabaseUnavailableException.class));
            assertThat(took).isLessThan(Duration.ofMillis(50));

            try (EmbeddedPostgres server = start(port)) {
                assertThat(server.getPort()).isEqualTo(port);
                // The next look finds it, or one that was on its way failed.
                long attempts = neon.snapshot().totals().attemptsFailed();
                assertThat(back.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
                assertThat(neon.snapshot().totals().attemptsFailed()).isLessThanOrEqualTo(attempts + 1);
                assertThat(read(neon)).isOne();
            }
        }
    }

    private EmbeddedPostgres start(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
