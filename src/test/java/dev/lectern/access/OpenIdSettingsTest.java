package dev.lectern.access;

import static dev.lectern.testing.StubIdentityProvider.AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenIdSettingsTest {

    @Test
    void settings_that_would_weaken_it_are_refused() {
        assertThatThrownBy(() -> settings("http://issuer.example", "RS256")).hasMessageContaining("https");
        assertThatThrownBy(() -> settings("https://u:p@issuer.example", "RS256"))
                .hasMessageContaining("https");
        for (String algorithm : Set.of("HS256", "none", "RS256,HS512", "Ed448")) {
            assertThatThrownBy(() -> settings("https://issuer.example", algorithm))
                    .hasMessageContaining("algorithms");
        }
        assertThatThrownBy(() -> new OpenIdSettings("https://issuer.example", null, null, null, null))
                .hasMessageContaining("LECTERN_OPENID_AUDIENCE");
        assertThat(OpenIdSettings.NONE.provider()).isEmpty();
    }

    private static OpenIdSettings settings(String issuer, String algorithms) {
        return new OpenIdSettings(issuer, AUDIENCE, null, Duration.ofMinutes(1), algorithms);
    }
}
