package dev.lectern.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The secrets that readers' tokens may be signed with. The first signs; the others are of tokens that were
/// issued before it came.
public final class TokenKeys {

    private static final int ID_BYTES = 8;

    private final Key first;
    private final Map<String, Key> byId;

    /// One secret, with the name by which a token says that it is signed with it.
    record Key(String id, MACSigner signer, JWSVerifier verifier) {}

    private TokenKeys(Key first, Map<String, Key> byId) {
        this.first = first;
        this.byId = byId;
    }

    /// Those of these secrets.
    ///
    /// @param secrets at least 32 bytes each
    /// @throws IllegalArgumentException where there is none, or one is too short
    public static TokenKeys of(List<byte[]> secrets) {
        if (secrets.isEmpty()) {
            throw new IllegalArgumentException("There is no secret to sign readers' tokens with");
        }
        Map<String, Key> keys = new LinkedHashMap<>();
        for (byte[] secret : secrets) {
            Key key = key(secret);
            keys.putIfAbsent(key.id(), key);
        }
        return new TokenKeys(key(secrets.getFirst()), keys);
    }

    Key signing() {
        return first;
    }

    /// Those that a token which names this one may be signed with: it alone. Tokens named none before
    /// secrets could rotate.
    Collection<Key> candidates(@Nullable String id) {
        if (id == null) {
            return byId.values();
        }
        Key key = byId.get(id);
        return key == null ? List.of() : List.of(key);
    }

    boolean has(Key key) {
        return byId.containsKey(key.id());
    }

    private static Key key(byte[] secret) {
        try {
            return new Key(id(secret), new MACSigner(secret), new MACVerifier(secret));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("The secret of the readers' tokens must have 32 bytes at least", e);
        }
    }

    /// Follows from the secret, so that replicas agree on it, and does not tell it.
    private static String id(byte[] secret) {
        MessageDigest digest = Sha256.digest();
        digest.update("lectern token key ".getBytes(StandardCharsets.US_ASCII));
        return Base64URL.encode(Arrays.copyOf(digest.digest(secret), ID_BYTES)).toString();
    }
}
