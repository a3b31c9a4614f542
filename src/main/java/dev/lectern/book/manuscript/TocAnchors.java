package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes the anchors of a page's headings as Python-Markdown does: what was had before gets `_1`, then `_2`.
final class TocAnchors {

    private static final Pattern NUMBERED = Pattern.compile("(.*)_(\\d{1,18})", Pattern.DOTALL);

    private final TocSlug slug;
    private final Set<String> taken;

    /// From an anchor that is taken to one after it, so that many equal titles do not take quadratic time.
    private final Map<String, String> after = new HashMap<>();

    /// @param given the ids that the author gave, wherever on the page
    TocAnchors(TocSlug slug, Collection<String> given) {
        this.slug = slug;
        this.taken = new HashSet<>(given);
    }

    String anchor(String title) {
        List<String> passed = new ArrayList<>();
        String anchor = slug.of(title);
        while (anchor.isEmpty() || taken.contains(anchor)) {
            passed.add(anchor);
            anchor = after.getOrDefault(anchor, next(anchor));
        }
        for (String each : passed) {
            after.put(each, anchor);
        }
        taken.add(anchor);
        return anchor;
    }

    private static String next(String anchor) {
        Matcher numbered = NUMBERED.matcher(anchor);
        return numbered.matches() ? numbered.group(1) + "_" + (Long.parseLong(numbered.group(2)) + 1) : anchor + "_1";
    }
}
