package dev.lectern.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.limits.LimitSettings.ForwardedHeader;
import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

    private static final String OURS = "10.0.0.0/8, 192.0.2.7,fd00::/8";
    private static final InetAddress PROXY = address("10.0.0.1");
    private static final InetAddress STRANGER = address("198.51.100.9");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.5                                   | 203.0.113.5",
                "203.0.113.5:4711                              | 203.0.113.5",
                "1.2.3.4, 203.0.113.5                          | 203.0.113.5",
                "1.2.3.4, 203.0.113.5, 10.1.2.3                | 203.0.113.5",
                "1.2.3.4, 203.0.113.5, 10.1.2.3 , fd00::1      | 203.0.113.5",
                "203.0.113.5, 192.0.2.7                        | 203.0.113.5",
                "203.0.113.5, 192.0.2.8                        | 192.0.2.8",
                "[2001:db8::1]:443                             | 2001:db8::1",
                "2001:db8::1                                   | 2001:db8::1",
                "::ffff:203.0.113.5                            | 203.0.113.5",
                "10.9.9.9, 10.1.2.3                            | 10.9.9.9",
                "unknown                                       | 10.0.0.1",
                "203.0.113.5, unknown, 10.1.2.3                | 10.1.2.3",
                "203.0.113.5,                                  | 10.0.0.1",
                "localhost                                     | 10.0.0.1",
                "256.1.1.1                                     | 10.0.0.1",
                "1                                             | 10.0.0.1",
            })
    void the_rightmost_address_that_is_no_proxys_counts(String header, String client) {
        assertThat(forwardedFor().client(PROXY, List.of(header))).isEqualTo(address(client));
    }

    @Test
    void lines_of_a_header_are_one_list() {
        assertThat(forwardedFor().client(PROXY, List.of("1.2.3.4", "203.0.113.5", "10.1.2.3")))
                .isEqualTo(address("203.0.113.5"));
        assertThat(forwardedFor().client(PROXY, List.of())).isEqualTo(PROXY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "for=203.0.113.5                                            | 203.0.113.5",
                "for=1.2.3.4, for=203.0.113.5;proto=https;by=10.0.0.1       | 203.0.113.5",
                "for=1.2.3.4;by=\"a,b\", proto=https; For=\"203.0.113.5:81\"| 203.0.113.5",
                "for=\"[2001:db8::1]:4711\"                                 | 2001:db8::1",
                "for=203.0.113.5, for=10.1.2.3                              | 203.0.113.5",
                "for=203.0.113.5, for=_hidden                               | 10.0.0.1",
                "for=203.0.113.5, proto=https                               | 10.0.0.1",
                "host=\"for=1.2.3.4\";for=203.0.113.5                       | 203.0.113.5",
                "for=\"1.2.3.4, for=203.0.113.5                             | 10.0.0.1",
                "xfor=203.0.113.5                                           | 10.0.0.1",
            })
    void the_elements_of_Forwarded_are_read_the_same_way(String header, String client) {
        assertThat(proxies(OURS, ForwardedHeader.FORWARDED).client(PROXY, List.of(header)))
                .isEqualTo(address(client));
    }

    @Test
    void a_peer_that_is_not_trusted_is_the_client_whatever_it_says() {
        assertThat(forwardedFor().client(STRANGER, List.of("203.0.113.5"))).isEqualTo(STRANGER);
        assertThat(proxies("", ForwardedHeader.X_FORWARDED_FOR).client(PROXY, List.of("203.0.113.5")))
                .isEqualTo(PROXY);
    }

    @Property
    void nobody_moves_what_the_proxy_says_by_what_stands_before_it(
            @ForAll @Size(max = 5) List<@StringLength(max = 40) String> sent,
            @ForAll @IntRange(min = 1, max = 254) int last) {
        String client = "203.0.113." + last;
        String header = String.join(",", sent) + "," + client;

        assertThat(forwardedFor().client(PROXY, List.of(header))).isEqualTo(address(client));
        // Lines of their own, since a quote that does not end has the rest of its line.
        assertThat(proxies(OURS, ForwardedHeader.FORWARDED)
                        .client(PROXY, List.of(String.join(",", sent), "for=" + client)))
                .isEqualTo(address(client));
    }

    @Property
    void whatever_stands_there_it_is_read(@ForAll @StringLength(max = 200) String header) {
        assertThat(forwardedFor().client(PROXY, List.of(header))).isNotNull();
        assertThat(proxies(OURS, ForwardedHeader.FORWARDED).client(PROXY, List.of(header)))
                .isNotNull();
    }

    @Property
    void all_addresses_of_one_64_are_one_client(@ForAll long network, @ForAll long one, @ForAll long other)
            throws Exception {
        assertThat(ClientAddress.of(ipv6(network, one))).isEqualTo(ClientAddress.of(ipv6(network, other)));
        assertThat(ClientAddress.of(ipv6(network, one))).isNotEqualTo(ClientAddress.of(ipv6(~network, one)));
    }

    @Test
    void each_address_of_IPv4_is_a_client_also_where_it_is_written_as_one_of_IPv6() {
        assertThat(ClientAddress.of(address("203.0.113.5"))).isNotEqualTo(ClientAddress.of(address("203.0.113.6")));
        assertThat(ClientAddress.of(address("::ffff:203.0.113.5"))).isEqualTo(ClientAddress.of(address("203.0.113.5")));
        assertThat(ClientAddress.of(address("0.0.0.1"))).isNotEqualTo(ClientAddress.of(address("::1")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"proxy.example", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "fd00::/129", "10.0.0.0-10.0.0.9"})
    void what_is_no_network_stops_the_start_and_is_named(String network) {
        assertThatThrownBy(() -> proxies("127.0.0.1," + network, ForwardedHeader.FORWARDED))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("trustedProxies")
                .hasMessageContaining(network);
    }

    private static InetAddress ipv6(long network, long host) throws Exception {
        return InetAddress.getByAddress(java.nio.ByteBuffer.allocate(16)
                .putLong(network | 1L << 63) // not IPv4 written as IPv6
                .putLong(host)
                .array());
    }

    private static TrustedProxies forwardedFor() {
        return proxies(OURS, ForwardedHeader.X_FORWARDED_FOR);
    }

    private static TrustedProxies proxies(String trusted, ForwardedHeader header) {
        return TrustedProxies.of(new LimitSettings(true, null, null, null, null, null, null, trusted, header));
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }
}
