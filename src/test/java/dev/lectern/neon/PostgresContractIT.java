package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.WireTap;
import org.junit.jupiter.api.Test;

/// The contract with an ordinary PostgreSQL.
class PostgresContractIT extends ServerContract {

    private final NeonUrl url = TestPostgres.url(TestPostgres.freshDatabase());

    @Override
    NeonUrl direct() {
        return url;
    }

    @Test
    void a_read_is_one_round_trip() {
        try (WireTap tap = WireTap.open("localhost", TestPostgres.port());
                NeonDatabase neon = new NeonDatabase(settings(NeonUrl.parse("postgresql://postgres:postgres@localhost:"
                        + tap.port() + "/" + url.database() + "?sslmode=disable")))) {
            read(neon, "SELECT 1");
            tap.reset();

            read(neon, "SELECT 2");

            assertThat(tap.counts().roundTrips()).isOne();
        }
    }
}
