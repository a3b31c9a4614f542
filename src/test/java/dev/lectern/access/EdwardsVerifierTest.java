package dev.lectern.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// By the example of [RFC 8037](https://www.rfc-editor.org/rfc/rfc8037), appendix A.
class EdwardsVerifierTest {

    private static final Base64URL KEY = new Base64URL("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
    private static final byte[] SIGNED =
            "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".getBytes(StandardCharsets.US_ASCII);
    private static final Base64URL SIGNATURE =
            new Base64URL("hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg");

    private final JWSHeader header = new JWSHeader(JWSAlgorithm.EdDSA);
    private final EdwardsVerifier verifier = Objects.requireNonNull(EdwardsVerifier.of(key(KEY)));

    @Test
    void the_standard_s_example_is_genuine() throws JOSEException {
        assertThat(verifier.verify(header, SIGNED, SIGNATURE)).isTrue();
    }

    @Test
    void no_bit_of_what_is_signed_and_none_of_the_signature_can_be_another() throws JOSEException {
        for (int bit = 0; bit < 8 * SIGNED.length; bit++) {
            assertThat(verifier.verify(header, flipped(SIGNED, bit), SIGNATURE)).isFalse();
        }
        for (int bit = 0; bit < 8 * SIGNATURE.decode().length; bit++) {
            Base64URL other = Base64URL.encode(flipped(SIGNATURE.decode(), bit));
            assertThat(verifier.verify(header, SIGNED, other)).isFalse();
        }
    }

    @Test
    void what_is_no_signature_is_not_genuine() throws JOSEException {
        for (String none : Set.of("", "AA", SIGNATURE + "AAAA")) {
            assertThat(verifier.verify(header, SIGNED, new Base64URL(none))).isFalse();
        }
    }

    @Test
    void an_extension_that_must_be_understood_is_not() throws JOSEException {
        JWSHeader critical = new JWSHeader.Builder(JWSAlgorithm.EdDSA)
                .criticalParams(Set.of("exp"))
                .build();

        assertThat(verifier.verify(critical, SIGNED, SIGNATURE)).isFalse();
    }

    @Test
    void another_curve_s_key_and_one_that_is_too_short_are_none() {
        assertThat(EdwardsVerifier.of(new OctetKeyPair.Builder(Curve.Ed448, KEY).build()))
                .isNull();
        assertThat(EdwardsVerifier.of(new OctetKeyPair.Builder(Curve.X25519, KEY).build()))
                .isNull();
        assertThat(EdwardsVerifier.of(key(new Base64URL("AAAA")))).isNull();
    }

    @Test
    void a_key_that_is_no_point_of_the_curve_has_signed_nothing() throws JOSEException {
        byte[] y = new byte[32];
        y[0] = 2;
        EdwardsVerifier other = Objects.requireNonNull(EdwardsVerifier.of(key(Base64URL.encode(y))));

        assertThat(other.verify(header, SIGNED, SIGNATURE)).isFalse();
    }

    private static OctetKeyPair key(Base64URL x) {
        return new OctetKeyPair.Builder(Curve.Ed25519, x).build();
    }

    private static byte[] flipped(byte[] bytes, int bit) {
        byte[] other = bytes.clone();
        other[bit / 8] ^= (byte) (1 << bit % 8);
        return other;
    }
}
