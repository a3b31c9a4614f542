package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySettingsTest {

    @ParameterizedTest
    @CsvSource({"0.25, 104", "0.5, 209", "1, 419", "2, 839", "4, 1678", "8, 3357", "10, 4000", "56, 4000"})
    void a_compute_takes_as_many_connections_as_neons(double units, int connections) {
        assertThat(GatewaySettings.DEFAULT.withComputeUnits(units).maximumConnections())
                .isEqualTo(connections);
    }

    @Test
    void refuses_what_cannot_be() {
        assertThatIllegalArgumentException().isThrownBy(() -> GatewaySettings.DEFAULT.withComputeUnits(0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> GatewaySettings.DEFAULT.withComputeUnits(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GatewaySettings.DEFAULT.withWakeDelay(Duration.ofMillis(-1)));
    }
}
