package dev.lectern.embedded.gateway;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;

/// What a statement does, as far as it can be seen from its words.
///
/// @param writes whether it changes data or the schema
/// @param commits whether it ends a transaction
record StatementKind(boolean writes, boolean commits) {

    /// Of a statement that nobody has seen.
    static final StatementKind UNKNOWN = new StatementKind(false, false);

    private static final Set<String> COMMITTING = Set.of("commit", "end");
    private static final Set<String> WRITING_WHEN_FIRST =
            Set.of("alter", "comment", "copy", "create", "do", "drop", "grant", "reindex", "revoke", "truncate");
    private static final Set<String> WRITING = Set.of("insert", "update", "delete", "merge");
    /// Before `update` they make it a lock: FOR UPDATE, FOR NO KEY UPDATE.
    private static final Set<String> LOCKING = Set.of("for", "key");

    /// Reads the text of one or more statements in UTF-8, or the beginning of it.
    static StatementKind of(ByteBuffer sql) {
        Reader reader = new Reader(sql);
        boolean writes = false;
        boolean commits = false;
        boolean first = true;
        String before = "";
        for (String word = reader.next(); !word.isEmpty(); word = reader.next()) {
            if (word.equals(";")) {
                first = true;
                continue;
            }
            commits |= first && COMMITTING.contains(word);
            writes |= first && WRITING_WHEN_FIRST.contains(word);
            writes |= WRITING.contains(word) && !(word.equals("update") && LOCKING.contains(before));
            first = false;
            before = word;
        }
        return new StatementKind(writes, commits);
    }

    /// Gives the words of a text in lower case, and semicolons, without literals, quoted names and comments.
    private static final class Reader {

        private final ByteBuffer sql;

        private Reader(ByteBuffer sql) {
            this.sql = sql;
        }

        /// The next word; empty at the end.
        private String next() {
            while (sql.hasRemaining()) {
                byte c = sql.get();
                if (c == 0) {
                    return "";
                } else if (letter(c)) {
                    return word();
                } else if (c == ';') {
                    return ";";
                } else if (c == '\'' || c == '"') {
                    skipPast(c);
                } else if (c == '-' && follows('-')) {
                    skipPast((byte) '\n');
                } else if (c == '/' && follows('*')) {
                    skipComment();
                }
            }
            return "";
        }

        private String word() {
            StringBuilder word = new StringBuilder().append((char) sql.get(sql.position() - 1));
            while (sql.hasRemaining() && letter(sql.get(sql.position()))) {
                word.append((char) sql.get());
            }
            return word.toString().toLowerCase(Locale.ROOT);
        }

        private void skipPast(byte end) {
            while (sql.hasRemaining() && sql.get() != end) {
                // A doubled quote begins another literal.
            }
        }

        private void skipComment() {
            while (sql.hasRemaining() && !(sql.get() == '*' && follows('/'))) {
                // Nested comments are too rare to be told apart.
            }
        }

        private boolean follows(char c) {
            return sql.hasRemaining() && sql.get(sql.position()) == c;
        }

        private static boolean letter(byte c) {
            return c < 0 || c == '_' || Character.isLetterOrDigit(c);
        }
    }
}
