package dev.lectern.book.manuscript;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Makes the anchors of a page's headings as [github-slugger](https://github.com/Flet/github-slugger) does, which
/// GitHub and Docusaurus use: lower case, punctuation dropped, spaces to hyphens, a number where one was had before.
final class Slugger {

    private static final Pattern DROPPED = Pattern.compile("[^\\p{L}\\p{M}\\p{Nd}\\p{Nl}\\p{Pc}\\- ]");

    private final Map<String, Integer> occurrences = new HashMap<>();

    String anchor(String title) {
        String plain = slug(title);
        String anchor = plain;
        while (occurrences.containsKey(anchor)) {
            int count = occurrences.merge(plain, 1, Integer::sum);
            anchor = plain + "-" + count;
        }
        occurrences.put(anchor, 0);
        return anchor;
    }

    static String slug(String title) {
        return DROPPED.matcher(title.toLowerCase(Locale.ROOT)).replaceAll("").replace(' ', '-');
    }
}
