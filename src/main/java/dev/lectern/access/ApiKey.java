package dev.lectern.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An API key as it is stored: what it is good for, but not the key.
///
/// @param hash SHA-256 of the secret, in hexadecimal
/// @param expiresAt from when on it is good no longer; null for never
/// @param revokedAt from when on an operator has it refused; null where none has
/// @param lastUsedAt when it was last used, as far as that is stored; null for never
public record ApiKey(
        String id,
        String name,
        Set<Scope> scopes,
        String hash,
        Instant createdAt,
        @Nullable Instant expiresAt,
        @Nullable Instant revokedAt,
        @Nullable Instant lastUsedAt) {

    /// Whether this is its secret, in a time that tells nothing of how much of it is right.
    boolean isOpenedBy(ApiKeyText text) {
        return MessageDigest.isEqual(
                text.hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    boolean isGoodAt(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }

    /// What the operator sees of it: `active`, `expired` or `revoked`.
    public String state(Instant now) {
        if (revokedAt != null) {
            return "revoked";
        }
        return isGoodAt(now) ? "active" : "expired";
    }

    /// Without the hash.
    @Override
    public String toString() {
        return "ApiKey[" + id + "]";
    }
}
