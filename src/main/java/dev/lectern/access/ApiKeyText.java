package dev.lectern.access;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An API key as its bearer has it: `lk_<id>_<secret>`. The prefix lets scanners of repositories find one
/// that has leaked.
record ApiKeyText(String id, String secret) {

    private static final String PREFIX = "lk_";
    private static final Pattern FORM = Pattern.compile("lk_([a-z2-7]{12})_([A-Za-z0-9_-]{43})");
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_LENGTH = 12;
    private static final int SECRET_BYTES = 32;

    /// A new one, of 60 random bits that are no secret and 256 that are.
    static ApiKeyText random() {
        SecureRandom random = new SecureRandom();
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        return new ApiKeyText(
                id.toString(), Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    /// Whether a bearer token is meant as one.
    static boolean isMeant(String bearer) {
        return bearer.startsWith(PREFIX);
    }

    static Optional<ApiKeyText> parse(String bearer) {
        Matcher matcher = FORM.matcher(bearer);
        return matcher.matches() ? Optional.of(new ApiKeyText(matcher.group(1), matcher.group(2))) : Optional.empty();
    }

    /// As it is stored.
    String hash() {
        return HexFormat.of().formatHex(Sha256.of(secret));
    }

    String written() {
        return PREFIX + id + "_" + secret;
    }

    /// Without the secret.
    @Override
    public String toString() {
        return PREFIX + id + "_***";
    }
}
