package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Clients send what they should not.
@Tag("faults")
class InputFaultIT {

    @RegisterExtension
    static final FaultyServer SERVER = FaultyServer.start(Duration.ofMillis(300));

    @Test
    void oversized_and_malformed_input_never_reaches_the_database() {
        List<String> bodies =
                List.of("{\"title\": \"" + "x".repeat(2 << 20) + "\"}", "{\"title\": ", "{\"nonsense\": 1}", "[]");
        try (Readers readers = SERVER.readers(20);
                LecternClient reader = SERVER.lectern().reader()) {
            // Before, since theirs would be checkouts too.
            readers.awaitCalm();
            readers.stop();
            for (int round = 0; round < 20; round++) {
                bodies.forEach(body -> reader.post("/conversations", body));
            }
            long checkouts = SERVER.gauge("neon.work.finished");
            List<Sample> samples = new ArrayList<>();
            for (int round = 0; round < 50; round++) {
                for (String body : bodies) {
                    long start = System.nanoTime();
                    Reply reply = reader.post("/conversations", body);
                    samples.add(new Sample(
                            Sample.Kind.WRITE, start, Duration.ofNanos(System.nanoTime() - start), reply.status(), ""));
                }
            }
            long taken = SERVER.gauge("neon.work.finished") - checkouts;
            Samples all = new Samples(samples);

            FaultReport.row(
                    19,
                    "oversized or malformed input",
                    "refused before the database: 0 checkouts; ≤ 10 ms",
                    "%d checkouts for %d requests; median %s, p95 %s"
                            .formatted(taken, all.count(), ms(all.percentile(0.5)), ms(all.percentile(0.95))),
                    getClass());
            assertThat(taken).isZero();
            assertThat(all.where(sample -> sample.status() != 400 && sample.status() != 413)
                            .all())
                    .isEmpty();
            assertThat(all.percentile(0.5)).isLessThanOrEqualTo(Duration.ofMillis(10));
            SERVER.assertNothingLostOrLeft(readers);
        }
    }
}
