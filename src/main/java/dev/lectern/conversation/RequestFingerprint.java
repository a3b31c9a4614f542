package dev.lectern.conversation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Tells whether two requests with the same key ask for the same: SHA-256 over what the client sent, in
/// hexadecimal digits.
final class RequestFingerprint {

    private RequestFingerprint() {}

    static String of(Question question) {
        // A new conversation's id is made by the server, afresh for every repeat.
        return digest(
                question.newConversation() ? null : question.conversation().toString(),
                question.newConversation() ? question.book() : null,
                question.text(),
                question.selectedText(),
                question.pageUrl());
    }

    static String of(Conversation asked) {
        return digest(asked.book(), asked.title());
    }

    private static String digest(@Nullable String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (@Nullable String part : parts) {
                add(digest, part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, @Nullable String part) {
        byte[] bytes = part == null ? new byte[0] : part.getBytes(StandardCharsets.UTF_8);
        // The length before each part keeps ("ab", "c") apart from ("a", "bc"), and absent from empty.
        digest.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : bytes.length)
                .flip());
        digest.update(bytes);
    }
}
