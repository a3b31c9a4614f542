package dev.lectern.console;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Something to read or keep that is no JSON.
///
/// @param fileName what a browser saves it as; null where it shows it
@SuppressWarnings("ArrayRecordComponent") // it is written once, and never compared
record Document(String type, byte[] content, @Nullable String fileName) {

    static Document text(String text) {
        return new Document("text/plain;charset=utf-8", text.getBytes(StandardCharsets.UTF_8), null);
    }
}
