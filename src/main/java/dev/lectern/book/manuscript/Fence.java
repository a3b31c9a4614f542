package dev.lectern.book.manuscript;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Follows code fences down a page, line by line, so that code is left as it is.
///
/// More generous than CommonMark: a fence may be indented by any amount, because containers (lists, quotes,
/// admonitions, components) are not known yet when it is used.
final class Fence {

    private static final Pattern OPENS =
            Pattern.compile("^\\s*(?:>\\s?|[-*+]\\s+|\\d{1,9}[.)]\\s+)*(`{3,}(?=[^`]*$)|~{3,})");

    private String open = "";

    /// Whether this line, the next of the page, is code or the mark of a fence.
    boolean covers(String line) {
        if (!open.isEmpty()) {
            if (closes(line)) {
                open = "";
            }
            return true;
        }
        Matcher opening = OPENS.matcher(line);
        if (opening.find()) {
            open = opening.group(1);
            return true;
        }
        return false;
    }

    private boolean closes(String line) {
        String mark = line.strip().replaceFirst("^(?:>\\s?)+", "").strip();
        return mark.length() >= open.length() && mark.chars().allMatch(c -> c == open.charAt(0));
    }
}
