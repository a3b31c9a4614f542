package dev.lectern.book.manuscript;

/// How large a manuscript may be. A text of 32 MiB is ten times *War and Peace*.
///
/// @param archiveBytes of a zip archive as it arrives
/// @param entries files and folders, of whatever kind
/// @param unpackedBytes of all files together, of whatever kind
/// @param textBytes of all pages together, which are held in memory
/// @param pageBytes of one page
/// @param ratio how many times its packed size a large file may unpack to
/// @param depth folders inside each other
public record Limits(
        long archiveBytes, int entries, long unpackedBytes, long textBytes, long pageBytes, int ratio, int depth) {

    /// Below this size a high ratio is harmless.
    static final long RATIO_COUNTS_FROM = 1 << 20;

    public static final Limits DEFAULT = new Limits(64L << 20, 20_000, 256L << 20, 32L << 20, 4L << 20, 100, 16);

    /// Counts what has been taken from a manuscript.
    final class Budget {

        private int entries;
        private long unpacked;
        private long text;

        void entry(String path) {
            if (++entries > Limits.this.entries) {
                throw new FlawException(
                        new Flaw.TooLarge(path, "is one file too many: at most " + Limits.this.entries + " are taken"));
            }
            if (path.chars().filter(c -> c == '/').count() > depth) {
                throw new FlawException(new Flaw.TooDeep(path));
            }
        }

        void unpacked(String path, long bytes) {
            unpacked += bytes;
            if (unpacked > unpackedBytes) {
                throw new FlawException(new Flaw.TooLarge(
                        path, "makes the manuscript unpack to more than " + mebibytes(unpackedBytes)));
            }
        }

        void text(String path, long bytes) {
            if (bytes > pageBytes) {
                throw new FlawException(new Flaw.TooLarge(path, "is larger than " + mebibytes(pageBytes)));
            }
            text += bytes;
            if (text > textBytes) {
                throw new FlawException(new Flaw.TooLarge(path, "makes the text larger than " + mebibytes(textBytes)));
            }
        }
    }

    Budget budget() {
        return new Budget();
    }

    static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
