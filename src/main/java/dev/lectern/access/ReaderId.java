package dev.lectern.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.UUID;

/// The identity of a reader: a UUIDv7 that an anonymous reader's token carries, or a UUIDv8 of the name
/// that somebody else has given.
public record ReaderId(UUID value) {

    private static final long WITHOUT_VERSION = ~0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long WITHOUT_VARIANT = ~(0b11L << 62);
    private static final long IETF_VARIANT = 0b10L << 62;

    /// The same for the same names, and for no others: the first 122 bits of their SHA-256. Nobody can make
    /// names up that have somebody else's.
    ///
    /// @param names such as an issuer and a subject
    static ReaderId named(String... names) {
        MessageDigest digest = Sha256.digest();
        for (String name : names) {
            byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
            // With its length, so that no two lists of names are one text.
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, bytes.length));
            digest.update(bytes);
        }
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        return new ReaderId(new UUID(
                (hash.getLong() & WITHOUT_VERSION) | VERSION_8, (hash.getLong() & WITHOUT_VARIANT) | IETF_VARIANT));
    }
}
