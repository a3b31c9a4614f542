package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Lectern itself ends, by order or by force.
@Tag("faults")
class ProcessFaultIT {

    @TempDir
    private Path home;

    @Test
    void nothing_that_was_acknowledged_is_lost_when_it_is_killed_and_a_repeat_doubles_nothing() throws Exception {
        int port = LecternProcess.freePort();
        LecternProcess first = LecternProcess.start(home, port);
        try (Readers readers = readers(first.url())) {
            readers.awaitCalm();
            first.kill();
            // The readers go on, and repeat what was not acknowledged with the same keys.
            try (LecternProcess second = LecternProcess.start(home, port);
                    Vitals vitals = second.vitals()) {
                assertThat(second.url()).isEqualTo(first.url());
                readers.awaitCalm();
                Samples all = readers.stop();
                long writes = all.where(sample -> sample.kind() == Sample.Kind.WRITE && sample.served())
                        .count();

                FaultReport.row(
                        24,
                        "kill −9 of Lectern in mid-write, then every unacknowledged request repeated",
                        "nothing half-written: 0 lost of the acknowledged, 0 duplicates",
                        "%d lost and %d doubled of %d acknowledged writes"
                                .formatted(readers.lost(), readers.doubled(), writes),
                        getClass());
                assertThat(writes).isPositive();
                readers.assertNothingLost();
                vitals.assertNothingLeft();
            }
        }
    }

    @Test
    void what_was_accepted_is_answered_when_it_is_told_to_stop() throws Exception {
        int port = LecternProcess.freePort();
        LecternProcess server = LecternProcess.start(home, port);
        try (Readers readers = readers(server.url())) {
            readers.awaitCalm();
            long begin = System.nanoTime();
            assertThat(server.terminate()).isTrue();
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            Samples all = readers.stop();

            // Whoever comes to a closed door was not accepted.
            Samples broken =
                    all.where(sample -> sample.status() == 0 && !sample.type().contains("ConnectException"));
            FaultReport.row(
                    23,
                    "SIGTERM under load",
                    "stop accepting, drain, close: 0 failed requests of those accepted",
                    "%d of %d requests broken off; stopped in %s"
                            .formatted(
                                    broken.count(),
                                    all.where(sample -> sample.status() != 0).count(),
                                    ms(took)),
                    getClass());
            assertThat(broken.all()).isEmpty();
            try (LecternProcess second = LecternProcess.start(home, port)) {
                assertThat(second.url()).isEqualTo(server.url());
                readers.assertNothingLost();
            }
        }
    }

    private static Readers readers(URI server) {
        return Readers.of(server, 20, 2, Duration.ofMillis(5)).andOneWhoAsks(server);
    }
}
