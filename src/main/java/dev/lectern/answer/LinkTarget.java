package dev.lectern.answer;

import java.util.Locale;
import java.util.Set;

/// The beginning of a link's target, as it comes, until it is clear where it leads.
final class LinkTarget {

    private static final Set<String> SAFE_SCHEMES = Set.of("http", "https", "mailto");

    /// No scheme that runs code is longer.
    private static final int LONGEST = 32;

    /// Some take it for a blank.
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final StringBuilder scheme = new StringBuilder();

    /// Whether it is still not clear after this character, which is then kept.
    boolean keeps(char c) {
        if (!(Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_') || scheme.length() == LONGEST) {
            return false;
        }
        scheme.append(c);
        return true;
    }

    boolean isEmpty() {
        return scheme.isEmpty();
    }

    /// What was kept, now that this character follows; made the name of a place on the same page where it may run code,
    /// or where that is spelled in a way that only a renderer reads.
    String before(char next) {
        boolean harmless = switch (next) {
            case ':' -> SAFE_SCHEMES.contains(scheme.toString().toLowerCase(Locale.ROOT));
            case '&', '\\', '<' -> false;
            case ' ', '\t', '\n' -> true;
            default -> !Character.isISOControl(next) && !Character.isSpaceChar(next) && next != BYTE_ORDER_MARK;
        };
        return harmless ? scheme.toString() : "#" + scheme;
    }

    /// What was kept, now that nothing follows.
    String atEnd() {
        return scheme.toString();
    }
}
