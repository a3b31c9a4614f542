package dev.lectern.book.manuscript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Finds the symbolic links of a zip archive, which the JDK does not tell from files.
///
/// The layout is that of [APPNOTE.TXT](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) 4.3.12 and 4.3.16.
final class ZipLinks {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int ENTRY_SIZE = 46;
    private static final int FILE_TYPE = 0xF000;
    private static final int SYMBOLIC_LINK = 0xA000;

    private ZipLinks() {}

    /// The names of the entries that are symbolic links.
    static Set<String> in(Path archive) throws IOException {
        try (FileChannel channel = FileChannel.open(archive)) {
            return in(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size())
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    private static Set<String> in(ByteBuffer zip) {
        Set<String> links = new HashSet<>();
        int position = directory(zip);
        while (position >= 0 && position <= zip.limit() - ENTRY_SIZE && zip.getInt(position) == ENTRY_SIGNATURE) {
            int name = Short.toUnsignedInt(zip.getShort(position + 28));
            int extra = Short.toUnsignedInt(zip.getShort(position + 30));
            int comment = Short.toUnsignedInt(zip.getShort(position + 32));
            int mode = zip.getInt(position + 38) >>> 16;
            if ((mode & FILE_TYPE) == SYMBOLIC_LINK && position + ENTRY_SIZE + name <= zip.limit()) {
                byte[] bytes = new byte[name];
                zip.get(position + ENTRY_SIZE, bytes);
                links.add(new String(bytes, StandardCharsets.UTF_8));
            }
            position += ENTRY_SIZE + name + extra + comment;
        }
        return links;
    }

    /// The offset of the central directory; −1 where there is none.
    private static int directory(ByteBuffer zip) {
        int lowest = Math.max(0, zip.limit() - END_SIZE - 0xFFFF);
        for (int at = zip.limit() - END_SIZE; at >= lowest; at--) {
            if (zip.getInt(at) == END_SIGNATURE) {
                return zip.getInt(at + 16);
            }
        }
        return -1;
    }
}
