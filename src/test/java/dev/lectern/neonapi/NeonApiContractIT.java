package dev.lectern.neonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lectern.neon.Secret;
import dev.lectern.neon.warmup.ComputeReport;
import dev.lectern.neon.warmup.ComputeReport.State;
import dev.lectern.neonapi.NeonApiException.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What a real Neon says; `docs/neon-library.md` tells how to run it.
@Tag("neon")
class NeonApiContractIT {

    private final Instant now = Instant.now(Clock.systemUTC());

    @BeforeEach
    void skipWithoutAKey() {
        assumeTrue(
                !variable("NEON_API_KEY").isEmpty()
                        && !variable("NEON_PROJECT_ID").isEmpty()
                        && !variable("NEON_ENDPOINT_ID").isEmpty(),
                "NEON_API_KEY, NEON_PROJECT_ID and NEON_ENDPOINT_ID are not all given");
    }

    @Test
    void tells_state_suspend_timeout_and_size_of_the_compute() throws Exception {
        try (NeonApi api = api(variable("NEON_API_KEY"), variable("NEON_ENDPOINT_ID"))) {
            ComputeReport report = api.compute(now);

            assertThat(report.state()).isNotEqualTo(State.UNKNOWN);
            assertThat(report.suspend()).isPresent();
            assertThat(report.cu()).isPresent();
        }
    }

    @Test
    void tells_the_consumption_or_that_it_may_not() throws Exception {
        try (NeonApi api = api(variable("NEON_API_KEY"), variable("NEON_ENDPOINT_ID"))) {
            String organization = api.organization().orElseThrow();
            Instant hour = now.truncatedTo(ChronoUnit.HOURS);

            assertThat(api.consumption(organization, "hourly", hour.minus(6, ChronoUnit.HOURS), hour))
                    .isPresent();
        } catch (NeonApiException e) {
            assertThat(e.reason()).isEqualTo(Reason.REFUSED);
            abort(e.getMessage());
        }
    }

    @Test
    void refuses_a_wrong_key_and_does_not_find_another_compute() {
        try (NeonApi stranger = api("napi_wrong", variable("NEON_ENDPOINT_ID"));
                NeonApi lost = api(variable("NEON_API_KEY"), "ep-no-such-123456")) {
            assertThat(NeonApiTest.refusal(() -> stranger.compute(now)).reason())
                    .isEqualTo(Reason.REFUSED);
            assertThat(NeonApiTest.refusal(() -> lost.compute(now)).reason()).isEqualTo(Reason.NOT_FOUND);
        }
    }

    private static NeonApi api(String key, String endpoint) {
        return new NeonApi(new NeonApiSettings(
                NeonApiSettings.NEON,
                new Secret(key),
                variable("NEON_PROJECT_ID"),
                endpoint,
                NeonApiSettings.DEFAULT_TIMEOUT));
    }

    private static String variable(String name) {
        return System.getenv().getOrDefault(name, "").strip();
    }
}
