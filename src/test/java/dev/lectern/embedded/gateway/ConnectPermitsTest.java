package dev.lectern.embedded.gateway;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;

class ConnectPermitsTest {

    @Test
    void refuses_one_more_than_there_are_until_one_is_given_back() throws Exception {
        ConnectPermits permits = new ConnectPermits(2);
        permits.acquire();
        permits.acquire();
        assertThatExceptionOfType(LoginRefusedException.class)
                .isThrownBy(permits::acquire)
                .withMessageContaining("Too many database connection attempts");
        permits.release();
        assertThatNoException().isThrownBy(permits::acquire);
    }
}
