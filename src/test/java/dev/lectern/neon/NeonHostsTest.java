package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeonHostsTest {

    private static final String DIRECT = "ep-x-1.c-3.us-east-2.aws.neon.tech";
    private static final String POOLED = "ep-x-1-pooler.c-3.us-east-2.aws.neon.tech";

    @ParameterizedTest
    @ValueSource(strings = {DIRECT, POOLED})
    void either_host_gives_both(String host) {
        NeonUrl url = NeonUrl.parse("postgresql://user:secret@" + host + "/db");

        assertThat(NeonHosts.direct(url).host()).isEqualTo(DIRECT);
        assertThat(NeonHosts.pooled(url).host()).isEqualTo(POOLED);
    }
}
