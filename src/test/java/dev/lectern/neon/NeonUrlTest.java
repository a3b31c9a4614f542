package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeonUrlTest {

    private static final String NEON =
            "postgresql://alice:s3cret@ep-cool-darkness-123456.us-east-2.aws.neon.tech/neondb"
                    + "?sslmode=require&channel_binding=require";

    @Test
    void reads_what_neon_hands_out() {
        NeonUrl url = NeonUrl.parse(NEON);

        assertThat(url.user()).isEqualTo("alice");
        assertThat(url.password().value()).isEqualTo("s3cret");
        assertThat(url.database()).isEqualTo("neondb");
        assertThat(url.port()).isEqualTo(5432);
        assertThat(url.endpoint()).contains("ep-cool-darkness-123456");
        assertThat(url.region()).contains("us-east-2.aws");
        assertThat(url.cell()).isEmpty();
        assertThat(url.neon()).isTrue();
        assertThat(url.pooled()).isFalse();
    }

    @Test
    void gives_a_jdbc_url_with_what_neon_needs_and_without_the_password() {
        String jdbc = NeonUrl.parse(NEON)
                .jdbcUrl("lectern", Duration.ofMillis(1200), Duration.ofSeconds(20), Duration.ofMinutes(1));

        assertThat(jdbc)
                .isEqualTo("jdbc:postgresql://ep-cool-darkness-123456.us-east-2.aws.neon.tech:5432/neondb"
                        + "?sslmode=require&channelBinding=require&sslNegotiation=direct&connectTimeout=2"
                        + "&loginTimeout=20&socketTimeout=60&tcpKeepAlive=true&cancelSignalTimeout=2"
                        + "&assumeMinServerVersion=12&ApplicationName=lectern&logServerErrorDetail=false");
    }

    @Test
    void gives_other_servers_no_tls_that_they_may_not_have() {
        assertThat(NeonUrl.parse("postgres://u@localhost:5433/db").jdbcUrl())
                .startsWith("jdbc:postgresql://localhost:5433/db?connectTimeout=1")
                .doesNotContain("sslNegotiation");
    }

    @ParameterizedTest
    @CsvSource({
        "ep-x-1-pooler.us-east-2.aws.neon.tech, ep-x-1, , us-east-2.aws, true",
        "ep-x-1.c-3.us-east-2.aws.neon.tech, ep-x-1, c-3, us-east-2.aws, false",
        "ep-x-1-pooler.c-12.eu-central-1.aws.neon.tech, ep-x-1, c-12, eu-central-1.aws, true",
        "ep-x-1.eastus2.azure.neon.tech, ep-x-1, , eastus2.azure, false",
        "EP-X-1.US-EAST-2.AWS.NEON.TECH, ep-x-1, , us-east-2.aws, false",
        "localhost, , , , false",
        "ep-x-1.us-east-2.aws.neon.tech.example.com, , , , false"
    })
    void recognises_endpoint_cell_region_and_pooler(
            String host, String endpoint, String cell, String region, boolean pooled) {
        NeonUrl url = NeonUrl.parse("postgresql://u:p@" + host + "/db");

        assertThat(url.endpoint().orElse(null)).isEqualTo(endpoint);
        assertThat(url.cell().orElse(null)).isEqualTo(cell);
        assertThat(url.region().orElse(null)).isEqualTo(region);
        assertThat(url.pooled()).isEqualTo(pooled);
    }

    @Test
    void takes_the_endpoint_from_the_options_of_clients_without_sni() {
        NeonUrl url = NeonUrl.parse("postgresql://u:p@10.0.0.1/db?options=endpoint%3Dep-x-1-pooler");

        assertThat(url.endpoint()).contains("ep-x-1");
        assertThat(url.pooled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://u:p@[::1]:6543/db, [::1], 6543",
        "postgresql://u:p@[2001:db8::1]/db, [2001:db8::1], 5432",
        "postgresql://u:p@host:/db, host, 5432",
        "jdbc:postgresql://host:7000/db?user=u&password=p, host, 7000",
        "jdbc:postgresql://u:p@host/db, host, 5432"
    })
    void reads_addresses_ports_and_the_jdbc_form(String text, String host, int port) {
        NeonUrl url = NeonUrl.parse(text);

        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url.user()).isEqualTo("u");
        assertThat(url.password()).isEqualTo(new Secret("p"));
        assertThat(url.jdbcUrl()).doesNotContain("user=").doesNotContain("password");
    }

    @Test
    void names_the_database_after_the_user_where_none_is_named_as_libpq_does() {
        assertThat(NeonUrl.parse("postgresql://u@host").database()).isEqualTo("u");
    }

    @Test
    void maps_the_names_of_libpq() {
        NeonUrl url = NeonUrl.parse("postgresql://u@h/d?application_name=x&connect_timeout=7&sslmode=verify-full"
                + "&sslrootcert=system&target_session_attrs=any");

        assertThat(url.jdbcUrl())
                .contains("ApplicationName=x")
                .contains("loginTimeout=7")
                .contains("targetServerType=any")
                .contains("sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory")
                .doesNotContain("sslrootcert");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "mysql://u@h/d|must begin with",
                "postgres:u|must begin with",
                "jdbc:postgres://u@h/d|must begin with",
                "postgresql://h/d|no user",
                "postgresql://u:p@/d|no host",
                "postgresql://u:p@:5432/d|no host",
                "postgresql://u:p@a,b/d|more than one host",
                "postgresql://u:p@h:0/d|port",
                "postgresql://u:p@h:70000/d|port",
                "postgresql://u:pass/word@h/d|%2F",
                "postgresql://u:pass?word@h/d|%3F",
                "postgresql://u:pass#word@h/d|%23",
                "postgresql://u:100%@h/d|%25",
                "postgresql://u:%ff@h/d|UTF-8",
                "postgresql://u:%00@h/d|zero byte",
                "postgresql://u:p@h!/d|neither a name nor an address",
                "postgresql://u:p@[::1/d|neither a name nor an address",
                "postgresql://u:p@h/d?sslmode|name=value",
                "postgresql://u:p@h/d?sslmode=maybe|'sslmode' must be one of",
                "postgresql://u:p@h/d?pgbouncer=true|'pgbouncer' is not known",
                "postgresql://u:p@h/d?socketFactory=evil|'socketFactory' is not known",
                "postgresql://u:p@h/d?connect_timeout=soon|whole number of seconds",
                "postgresql://u:p@ep-x-1.us-east-2.aws.neon.tech/d?sslmode=disable|TLS only",
                "postgresql://u:p@ep-x-1-pooler.us-east-2.aws.neon.tech/d?options=-c%20statement_timeout%3D1|pooler"
            })
    void says_in_one_line_what_is_wrong(String text, String expected) {
        assertThatThrownBy(() -> NeonUrl.parse(text))
                .isInstanceOf(InvalidNeonUrlException.class)
                .hasMessageContaining(expected)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").doesNotContain("word@"));
    }

    @Test
    void masks_the_password_in_its_text_form() {
        assertThat(NeonUrl.parse(NEON))
                .hasToString("postgresql://alice:****@ep-cool-darkness-123456.us-east-2.aws.neon.tech:5432/neondb"
                        + "?sslmode=require&channelBinding=require");
    }

    @Property
    void reads_any_user_password_and_database_that_is_encoded(
            @ForAll @From("texts") String user,
            @ForAll @From("texts") String password,
            @ForAll @From("texts") String database) {
        NeonUrl uri =
                NeonUrl.parse("postgresql://" + encoded(user) + ":" + encoded(password) + "@h:1/" + encoded(database));
        NeonUrl jdbc = NeonUrl.parse("jdbc:postgresql://h:1/" + encoded(database) + "?user=" + encoded(user)
                + "&password=" + encoded(password));

        assertThat(uri).isEqualTo(jdbc);
        assertThat(uri.user()).isEqualTo(user);
        assertThat(uri.password().value()).isEqualTo(password);
        assertThat(uri.database()).isEqualTo(database);
    }

    @Property
    void throws_nothing_but_its_own_exception(@ForAll String text, @ForAll String rest) {
        for (String each : new String[] {text, "postgresql://" + text, "jdbc:postgresql://" + text + "?" + rest}) {
            try {
                NeonUrl.parse(each);
            } catch (InvalidNeonUrlException e) {
                assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
            }
        }
    }

    /// Somebody forgot to encode it.
    @Property
    void never_tells_the_password(@ForAll @From("passwords") String password, @ForAll @From("passwords") String rest) {
        for (String each : new String[] {
            "postgresql://u:" + password + "@h/d?" + rest,
            "postgresql://u:" + password + "@ep-x-1.us-east-2.aws.neon.tech/d",
            "jdbc:postgresql://h/d?user=u&password=" + password + "&" + rest
        }) {
            try {
                assertThat(NeonUrl.parse(each).toString()).doesNotContain(password);
                assertThat(NeonUrl.parse(each).jdbcUrl()).doesNotContain(password);
            } catch (InvalidNeonUrlException e) {
                assertThat(e.getMessage()).doesNotContain(password);
            }
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(40)
                .filter(text -> text.indexOf('\0') < 0)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    /// Long enough and with digits, so that no sentence holds one by chance.
    @Provide
    Arbitrary<String> passwords() {
        return Arbitraries.strings()
                .withChars("abcXYZ012789/?#@:%&=+ !$'\"")
                .ofMinLength(3)
                .ofMaxLength(20)
                .map(text -> "q7" + text + "9z");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
