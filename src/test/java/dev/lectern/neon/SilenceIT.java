package dev.lectern.neon;

import static dev.lectern.neon.SampleWork.LONG;
import static dev.lectern.neon.SampleWork.read;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.admission.Criticality;
import dev.lectern.neon.admission.Deadline;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Nothing goes over the wire that nobody asked for.
class SilenceIT {

    private final WireTap tap = WireTap.open("localhost", TestPostgres.port());
    private final NeonSettings settings = NeonSettings.of(NeonUrl.parse("postgresql://postgres@localhost:" + tap.port()
                    + "/" + TestPostgres.freshDatabase() + "?sslmode=disable"))
            .withMaximumPoolSize(4);
    private final NeonDatabase neon = new NeonDatabase(settings);

    @AfterEach
    void close() {
        neon.close();
        tap.close();
    }

    @Test
    void sends_nothing_but_the_statements() {
        assertThat(read(neon)).isOne();
        tap.reset();

        for (int i = 0; i < 10; i++) {
            assertThat(read(neon)).isOne();
        }

        assertThat(tap.counts().roundTrips()).isEqualTo(10);
        assertThat(tap.counts().connections()).isZero();
    }

    @Test
    void sends_nothing_more_after_a_long_idle_time_and_sees_dead_connections_without_asking() throws Exception {
        // As if every connection had been idle for longer than HikariCP trusts one unseen.
        System.setProperty("com.zaxxer.hikari.aliveBypassWindowMs", "-1");
        try (NeonDatabase distrustful = new NeonDatabase(settings)) {
            assertThat(read(distrustful)).isOne();
            tap.reset();
            assertThat(read(distrustful)).isOne();
            assertThat(tap.counts().roundTrips()).isOne();

            tap.cutAll();
            // Not even a plain write meets the dead connection: nothing had been sent.
            assertThat(distrustful.<Integer>write(Criticality.INTERACTIVE_WRITE, Deadline.in(LONG), SampleWork::one))
                    .isOne();
            assertThat(distrustful.snapshot().totals().failed()).isZero();
        } finally {
            System.clearProperty("com.zaxxer.hikari.aliveBypassWindowMs");
        }
    }
}
