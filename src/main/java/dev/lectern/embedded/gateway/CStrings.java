package dev.lectern.embedded.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Texts as PostgreSQL's protocol has them: UTF-8 with a zero at the end.
final class CStrings {

    private CStrings() {}

    /// Reads one, or what is there of it.
    static String read(ByteBuffer bytes) {
        int begin = bytes.position();
        int end = begin;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        byte[] text = new byte[end - begin];
        bytes.get(text);
        if (bytes.hasRemaining()) {
            bytes.get();
        }
        return new String(text, StandardCharsets.UTF_8);
    }
}
