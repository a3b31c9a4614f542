package dev.lectern.embedded.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The error of a project that has used up its storage, with Neon's text (`pgxn/neon/pagestore_smgr.c`). The server
/// itself raises it in the place of the statement that would write, so that a transaction fails as it would there.
final class DiskFullError {

    /// The message that raises it.
    static final byte[] STATEMENT = query("""
            DO $$BEGIN RAISE EXCEPTION USING
                ERRCODE = '53100',
                MESSAGE = 'could not extend file because project size limit (512 MB) has been exceeded',
                HINT = 'This limit is defined externally by the project size limit, and internally by'
                    || ' neon.max_cluster_size GUC';
            END$$""");

    private DiskFullError() {}

    private static byte[] query(String sql) {
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        int length = Integer.BYTES + text.length + 1;
        return ByteBuffer.allocate(1 + length)
                .put((byte) 'Q')
                .putInt(length)
                .put(text)
                .array();
    }
}
