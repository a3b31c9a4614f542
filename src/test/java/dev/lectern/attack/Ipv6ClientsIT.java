package dev.lectern.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Clients that have more addresses, and more ways to write one, than they have limits. Each is allowed two requests.
class Ipv6ClientsIT {

    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("::1");

    /// What a proxy writes an address into, and how.
    enum Header {
        X_FORWARDED_FOR("X-Forwarded-For: %s"),
        FORWARDED("Forwarded: for=\"%s\"");

        private final String form;

        Header(String form) {
            this.form = form;
        }

        String of(String address) {
            return String.format(form, address);
        }
    }

    @ParameterizedTest
    @EnumSource
    void all_addresses_of_a_64_are_one_client_however_a_proxy_writes_them(Header header) throws IOException {
        try (LecternServer lectern = behindProxy(header)) {
            assertThat(statuses(
                            lectern,
                            header,
                            "2001:db8::1",
                            "[2001:db8::2]",
                            "[2001:db8::3]:4711",
                            "2001:DB8:0:0:FFFF:FFFF:FFFF:FFFF",
                            "2001:0db8:0000:0000:0000:0000:0000:0001",
                            "2001:db8::192.0.2.1"))
                    .containsExactly(200, 200, 429, 429, 429, 429);
            assertThat(statuses(lectern, header, "[2001:db8:0:1::1]:4711", "2001:db8:1::1"))
                    .containsExactly(200, 200);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_address_of_IPv4_is_one_client_also_where_it_is_written_as_one_of_IPv6(Header header) throws IOException {
        try (LecternServer lectern = behindProxy(header)) {
            assertThat(statuses(
                            lectern,
                            header,
                            "203.0.113.1",
                            "::ffff:203.0.113.1",
                            "203.0.113.1:4711",
                            "[::ffff:203.0.113.1]",
                            "[::FFFF:203.0.113.1]:4711",
                            "::ffff:cb00:7101",
                            "[0:0:0:0:0:ffff:cb00:7101]:4711"))
                    .containsExactly(200, 200, 429, 429, 429, 429, 429);
            assertThat(statuses(lectern, header, "::ffff:203.0.113.2", "203.0.113.2", "[::ffff:cb00:7102]"))
                    .containsExactly(200, 200, 429);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_address_is_counted_as_the_proxy_so_that_making_it_up_is_of_no_use(Header header)
            throws IOException {
        try (LecternServer lectern = behindProxy(header)) {
            List<Integer> statuses = statuses(
                    lectern,
                    header,
                    "fe80::1%eth0",
                    "[fe80::2%25lo]",
                    "[fe80::3%1]:4711",
                    "[2001:db8:2::1",
                    "2001:db8:3::1]",
                    "[2001:db8:4::1]:port",
                    "[[2001:db8:5::1]]",
                    "2001:db8:6:::1",
                    "2001:db8::7::1",
                    "::ffff:203.0.113.256",
                    "unknown");

            assertThat(statuses.subList(0, 2)).containsOnly(200);
            assertThat(statuses.subList(2, statuses.size())).containsOnly(429);
        }
    }

    @Test
    void what_stands_left_of_the_proxys_word_is_not_heard_in_IPv6_either() throws IOException {
        Header header = Header.X_FORWARDED_FOR;
        try (LecternServer lectern = behindProxy(header)) {
            assertThat(statuses(
                            lectern,
                            header,
                            "2001:db8:1::1, 2001:db8::1",
                            "[2001:db8:2::1]:80, [2001:db8::1]:81, fd00::1",
                            "::ffff:203.0.113.1, 2001:db8::1, [fd00::1]:80, ::ffff:127.0.0.1"))
                    .containsExactly(200, 200, 429);
        }
    }

    @Test
    void a_client_that_comes_over_IPv6_itself_is_not_asked_for_its_address() throws IOException {
        assumeIpv6();
        try (LecternServer lectern = lectern(Map.of("server.applicationConnectors[0].bindHost", "::1"))) {
            List<Integer> served = IntStream.rangeClosed(1, 3)
                    .mapToObj(i -> status(
                            LOOPBACK,
                            lectern,
                            Header.X_FORWARDED_FOR.of("2001:db8:" + i + "::1") + "\r\n"
                                    + Header.FORWARDED.of("[2001:db8:" + i + "::1]")))
                    .toList();

            assertThat(served).containsExactly(200, 200, 429);
        }
    }

    @Test
    void a_proxy_that_comes_over_IPv6_is_trusted_where_its_network_is() throws IOException {
        assumeIpv6();
        try (LecternServer lectern = lectern(Map.of(
                "server.applicationConnectors[0].bindHost", "::1", "limits.trustedProxies", "10.0.0.0/8,::1/128"))) {
            List<Integer> served = Stream.of("203.0.113.1", "[::ffff:203.0.113.1]:80", "203.0.113.1", "2001:db8::1")
                    .map(address -> status(LOOPBACK, lectern, Header.X_FORWARDED_FOR.of(address)))
                    .toList();

            assertThat(served).containsExactly(200, 200, 429, 200);
        }
    }

    private static void assumeIpv6() throws IOException {
        assumeTrue(
                NetworkInterface.getByInetAddress(LOOPBACK) != null,
                "this machine has no IPv6 loopback address, so that nobody can come over IPv6");
    }

    private static LecternServer behindProxy(Header header) {
        return lectern(Map.of(
                "limits.trustedProxies",
                "127.0.0.0/8,fd00::/8",
                "limits.forwardedHeader",
                header == Header.FORWARDED ? "Forwarded" : "X-Forwarded-For"));
    }

    private static LecternServer lectern(Map<String, String> overrides) {
        Map<String, String> all =
                new HashMap<>(Map.of("limits.enabled", "true", "limits.address", "2/1000h", "warmup.policy", "off"));
        all.putAll(overrides);
        return LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), all);
    }

    private static List<Integer> statuses(LecternServer lectern, Header header, String... addresses) {
        return Stream.of(addresses)
                .map(address -> status(InetAddress.getLoopbackAddress(), lectern, header.of(address)))
                .toList();
    }

    private static int status(InetAddress address, LecternServer lectern, String headers) {
        try (RawHttp http = new RawHttp(address, lectern.url().getPort())) {
            http.send("GET /api/v1/books HTTP/1.1\r\nHost: books.example\r\n" + headers + "\r\n\r\n");
            return http.read().status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
