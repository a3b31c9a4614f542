package dev.lectern;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminPortTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "", "10.0.0.7", "::"})
    void where_others_reach_it_the_start_needs_a_token_and_says_so(String host) {
        DefaultServerFactory server = boundTo(host);

        assertThatThrownBy(() -> AdminPort.refuseOpen(server, null))
                .hasMessageContaining("LECTERN_ADMIN_TOKEN must be set")
                .hasMessageContaining("LECTERN_ADMIN_BIND is \"" + host + "\"");
        assertThatCode(() -> AdminPort.refuseOpen(server, "a token of the operators"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "127.3.4.5"})
    void on_this_machine_alone_none_is_needed(String host) {
        assertThatCode(() -> AdminPort.refuseOpen(boundTo(host), null)).doesNotThrowAnyException();
    }

    private static DefaultServerFactory boundTo(String host) {
        HttpConnectorFactory connector = new HttpConnectorFactory();
        connector.setBindHost(host);
        DefaultServerFactory server = new DefaultServerFactory();
        server.setAdminConnectors(List.of(connector));
        return server;
    }
}
