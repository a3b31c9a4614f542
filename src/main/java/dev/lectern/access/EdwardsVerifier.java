package dev.lectern.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.impl.EdDSAProvider;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Verifies signatures with Ed25519 (RFC 8032, RFC 8037) by the JDK's means; nimbus-jose-jwt's own verifier needs one
/// library more for it.
final class EdwardsVerifier extends EdDSAProvider implements JWSVerifier {

    private static final String ALGORITHM = "Ed25519";

    /// What is before the key's 32 bytes in a `SubjectPublicKeyInfo` (RFC 8410, section 4).
    private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int KEY_LENGTH = 32;

    private final PublicKey key;

    private EdwardsVerifier(PublicKey key) {
        this.key = key;
    }

    /// The verifier for a key; null where it is of another curve, or malformed.
    static @Nullable EdwardsVerifier of(OctetKeyPair key) {
        byte[] x = key.getDecodedX();
        if (!Curve.Ed25519.equals(key.getCurve()) || x.length != KEY_LENGTH) {
            return null;
        }
        byte[] encoded = new byte[PREFIX.length + KEY_LENGTH];
        System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
        System.arraycopy(x, 0, encoded, PREFIX.length, KEY_LENGTH);
        try {
            return new EdwardsVerifier(
                    KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded)));
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    @Override
    public boolean verify(JWSHeader header, byte[] signingInput, Base64URL signature) throws JOSEException {
        // No extension is understood here, and who calls one critical wants it to be (RFC 7515, section 4.1.11).
        if (header.getCriticalParams() != null && !header.getCriticalParams().isEmpty()) {
            return false;
        }
        try {
            Signature verification = Signature.getInstance(ALGORITHM);
            verification.initVerify(key);
            verification.update(signingInput);
            return verification.verify(signature.decode());
        } catch (GeneralSecurityException e) {
            // What is no signature at all, by its length or its numbers.
            return false;
        }
    }
}
