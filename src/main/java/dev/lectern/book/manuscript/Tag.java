package dev.lectern.book.manuscript;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A tag of HTML or JSX, as it stands in a page.
///
/// @param name empty for JSX's fragments, `<>` and `</>`
/// @param closing whether it is an end tag
/// @param selfClosing whether nothing is inside it
/// @param attributes as they are written
/// @param end the position after it
record Tag(String name, boolean closing, boolean selfClosing, String attributes, int end) {

    private static final int LONGEST = 20_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern ID = Pattern.compile("\\bid\\s*+=\\s*+\\{?+\\s*+[\"']([^\"'\\s]+)[\"']");
    private static final Pattern ALT = Pattern.compile("\\balt\\s*+=\\s*+\\{?+\\s*+[\"']([^\"']+)[\"']");

    private static final Pattern LABEL =
            Pattern.compile("(?<![\\w-])label\\s*+=\\s*+\\{?+\\s*+[\"']([^\"'\\n*]+)[\"']");

    private static final Set<String> INLINE = Set.of(
            "a abbr b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub"
                    .concat(" sup time tt u var wbr img input button svg path picture source ruby rt rp acronym")
                    .split(" "));
    private static final Set<String> BLOCK = Set.of(
            "address article aside audio blockquote body br canvas caption center col colgroup dd details dialog div dl dt"
                    .concat(
                            " embed fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html")
                    .concat(
                            " iframe legend li link main map math menu meta meter nav noscript object ol optgroup option")
                    .concat(" output p param pre progress script search section select style summary table tbody td")
                    .concat(" template textarea tfoot th thead title tr track ul video area base g rect circle line")
                    .split(" "));
    private static final Set<String> VOID =
            Set.of("area base br col embed hr img input link meta param source track wbr".split(" "));

    /// The tag that begins at a position; null where none does.
    static @Nullable Tag at(String text, int start, Braces braces) {
        int i = start + 1;
        int limit = Math.min(text.length(), start + LONGEST);
        boolean closing = i < limit && text.charAt(i) == '/';
        if (closing) {
            i++;
        }
        Matcher name = NAME.matcher(text).region(i, limit);
        String found = name.lookingAt() ? name.group() : "";
        i += found.length();
        if (i >= limit || (found.isEmpty() && text.charAt(i) != '>')) {
            return null;
        }
        char next = text.charAt(i);
        if (next != '>' && next != '/' && !Character.isWhitespace(next)) {
            return null;
        }
        int end = attributesEnd(text, i, limit, braces);
        if (end < 0) {
            return null;
        }
        String attributes = text.substring(i, end);
        boolean selfClosing = attributes.endsWith("/") || VOID.contains(found.toLowerCase(Locale.ROOT));
        return new Tag(found, closing, selfClosing, attributes, end + 1);
    }

    /// Whether it begins a component of JSX rather than an element of HTML.
    boolean isComponent() {
        return name.isEmpty() || Character.isUpperCase(name.charAt(0)) || name.contains(".");
    }

    /// Whether HTML knows it. What it does not know may be a placeholder, such as `<name>`.
    boolean isElement() {
        String lower = name.toLowerCase(Locale.ROOT);
        return INLINE.contains(lower) || BLOCK.contains(lower);
    }

    boolean isBlock() {
        return BLOCK.contains(name.toLowerCase(Locale.ROOT));
    }

    boolean is(String element) {
        return name.equalsIgnoreCase(element);
    }

    /// The level of a heading; zero for other elements.
    int headingLevel() {
        return name.length() == 2 && isBlock() && Character.toLowerCase(name.charAt(0)) == 'h'
                ? Math.max(0, Character.digit(name.charAt(1), 10))
                : 0;
    }

    String id() {
        return first(ID);
    }

    String alternative() {
        return first(ALT);
    }

    /// What a component shows as its name.
    String label() {
        return first(LABEL).strip();
    }

    private String first(Pattern pattern) {
        Matcher matcher = pattern.matcher(attributes);
        return matcher.find() ? matcher.group(1) : "";
    }

    /// The position of the `>` that ends a tag; −1 where it is none.
    private static int attributesEnd(String text, int start, int limit, Braces braces) {
        int i = start;
        while (i < limit) {
            char c = text.charAt(i);
            switch (c) {
                case '>' -> {
                    return i;
                }
                case '"', '\'' -> i = text.indexOf(c, i + 1, limit);
                case '{' -> i = braces.end(i);
                case '<' -> i = -1;
                case '\n' -> i = i + 1 < limit && text.charAt(i + 1) == '\n' ? -1 : i;
                default -> {}
            }
            if (i < 0) {
                return -1;
            }
            i++;
        }
        return -1;
    }
}
