package dev.lectern;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    @Test
    void a_port_in_use_is_refused_with_its_address_and_variable_until_it_is_free() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = other.getLocalPort();

            assertThatThrownBy(() -> ListenAddress.refuseTaken(List.of(address("127.0.0.1", port))))
                    .hasMessage("PORT: something listens on 127.0.0.1:" + port + " already");
        }
        assertThatCode(() -> ListenAddress.refuseTaken(List.of(address("127.0.0.1", port))))
                .doesNotThrowAnyException();
    }

    @Test
    void two_servers_do_not_share_a_port() throws IOException {
        int port;
        try (ServerSocket other = new ServerSocket(0)) {
            port = other.getLocalPort();
        }

        assertThatThrownBy(() ->
                        ListenAddress.refuseTaken(List.of(address("127.0.0.1", port), address("127.0.0.1", port))))
                .hasMessageContaining("already");
        assertThatCode(() -> ListenAddress.refuseTaken(List.of(address("127.0.0.1", 0), address("127.0.0.1", 0))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"999.1.1.1", "192.0.2.1"})
    void what_is_no_address_of_this_machine_is_refused_with_its_variable(String host) {
        assertThatThrownBy(() -> ListenAddress.refuseTaken(List.of(address(host, 0))))
                .hasMessageStartingWith("BIND: ")
                .hasMessageContaining("\"" + host + "\"");
    }

    private static ListenAddress address(String host, int port) {
        return new ListenAddress(host, port, "BIND", "PORT");
    }
}
