package dev.lectern.book.manuscript;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Takes HTML and JSX out of a page and keeps the text that is inside it. Code stays as it is.
final class TagStripper {

    private static final int LONGEST_CODE_SPAN = 10_000;
    private static final Pattern END_TAG = Pattern.compile("</([A-Za-z][A-Za-z0-9_.-]*)\\s*>");

    /// An element or component whose tags stand on lines of their own.
    private static final class Enclosure {

        private final String name;
        private int indent = -1;

        Enclosure(String name) {
            this.name = name;
        }
    }

    private final String text;
    private final boolean mdx;
    private final Braces braces;
    private final Map<String, Integer> lastEndTags;
    private final int lastCommentEnd;
    private final StringBuilder out;
    private final Fence fence = new Fence();
    private final Deque<Enclosure> enclosures = new ArrayDeque<>();
    private int at;
    private boolean inTableRow;
    private String headingId = "";

    private TagStripper(String text, boolean mdx) {
        this.text = text;
        this.mdx = mdx;
        this.braces = new Braces(text);
        this.lastEndTags = END_TAG.matcher(text)
                .results()
                .collect(Collectors.toMap(end -> end.group(1).toLowerCase(Locale.ROOT), MatchResult::start, Math::max));
        this.lastCommentEnd = text.lastIndexOf("-->");
        this.out = new StringBuilder(text.length());
    }

    /// @param mdx whether braces hold expressions, which plain Markdown does not know
    static List<String> strip(List<String> lines, boolean mdx) {
        return new TagStripper(String.join("\n", lines), mdx).run().lines().toList();
    }

    private String run() {
        boolean lineStarts = true;
        while (at < text.length()) {
            if (lineStarts) {
                lineStarts = false;
                if (lineIsCode()) {
                    lineStarts = true;
                    continue;
                }
            }
            char c = text.charAt(at);
            switch (c) {
                case '\n' -> {
                    take(1);
                    lineStarts = true;
                }
                case '\\' -> take(at + 1 < text.length() && text.charAt(at + 1) != '\n' ? 2 : 1);
                case '`' -> takeCode();
                case '<' -> tag();
                case '{' -> expression();
                default -> take(1);
            }
        }
        return out.toString();
    }

    private void take(int length) {
        out.append(text, at, at + length);
        at += length;
    }

    /// Takes a line of code whole; of another line, the indentation that only shows what encloses it.
    private boolean lineIsCode() {
        int end = text.indexOf('\n', at);
        String line = text.substring(at, end < 0 ? text.length() : end);
        int indent = dedent(line);
        boolean code = fence.covers(line);
        at += indent;
        if (code) {
            out.append(line, indent, line.length());
            at += line.length() - indent;
            if (end >= 0) {
                take(1);
            }
        }
        inTableRow = !code && line.strip().startsWith("|");
        return code;
    }

    private int dedent(String line) {
        Enclosure inner = enclosures.peek();
        if (inner == null || line.isBlank()) {
            return 0;
        }
        int leading = line.length() - line.stripLeading().length();
        if (inner.indent < 0 && !line.startsWith("</", leading)) {
            inner.indent = leading;
        }
        return Math.min(leading, Math.max(0, inner.indent));
    }

    private void takeCode() {
        int run = 1;
        while (at + run < text.length() && text.charAt(at + run) == '`') {
            run++;
        }
        int paragraphEnd = text.indexOf("\n\n", at);
        int limit = Math.min(paragraphEnd < 0 ? text.length() : paragraphEnd, at + LONGEST_CODE_SPAN);
        for (int i = at + run; i < limit; i++) {
            if (text.charAt(i) == '`') {
                int start = i;
                while (i < limit && text.charAt(i) == '`') {
                    i++;
                }
                if (i - start == run) {
                    take(i - at);
                    return;
                }
            }
        }
        take(run);
    }

    private void expression() {
        int end = braces.end(at);
        if (end < 0 || text.startsWith("{#", at)) {
            take(1);
            return;
        }
        String inside = text.substring(at + 1, end).strip();
        if (inside.startsWith("/*") && inside.endsWith("*/") && inside.length() >= 4) {
            String comment = inside.substring(2, inside.length() - 2).strip();
            // Docusaurus also takes a heading's id from a comment.
            out.append(comment.matches("#[\\w-]+") ? "{" + comment + "}" : "");
            at = end + 1;
        } else if (mdx) {
            out.append(inside.matches("([\"'`])[^\"'`]*\\1") ? inside.substring(1, inside.length() - 1) : "");
            at = end + 1;
        } else {
            take(1);
        }
    }

    private void tag() {
        if (text.startsWith("<!--", at) && lastCommentEnd >= at + 2) {
            at = text.indexOf("-->", at + 2) + 3;
            return;
        }
        @Nullable Tag tag = Tag.at(text, at, braces);
        boolean destination = text.startsWith("](", at - 2); // of a link, as in [name](<my file.md>)
        if (tag == null || destination) {
            take(1);
        } else if (tag.is("script") || tag.is("style")) {
            skipElement(tag);
        } else if (tag.isComponent() || tag.isElement() || hasPartner(tag)) {
            strip(tag);
        } else {
            out.append('\\'); // a placeholder such as <name>: text, not markup
            take(1);
        }
    }

    private boolean hasPartner(Tag tag) {
        return tag.closing() || tag.selfClosing() || tag.attributes().contains("=") || endsLater(tag);
    }

    private boolean endsLater(Tag tag) {
        return lastEndTags.getOrDefault(tag.name().toLowerCase(Locale.ROOT), -1) >= tag.end();
    }

    private void skipElement(Tag tag) {
        at = tag.end();
        if (tag.closing() || tag.selfClosing() || !endsLater(tag)) {
            return;
        }
        Matcher end = END_TAG.matcher(text);
        int from = at;
        while (end.find(from)) {
            from = end.end();
            if (tag.is(end.group(1))) {
                at = end.end();
                return;
            }
        }
    }

    private void strip(Tag tag) {
        boolean alone = standsAlone(tag);
        if (alone && tag.closing()) {
            enclosures.removeFirstOccurrence(enclosures.stream()
                    .filter(each -> each.name.equals(tag.name()))
                    .findFirst()
                    .orElse(new Enclosure("")));
        } else if (alone && !tag.selfClosing()) {
            enclosures.push(new Enclosure(tag.name()));
        }
        at = tag.end();
        out.append(replacement(tag, alone));
    }

    private String replacement(Tag tag, boolean alone) {
        int level = tag.headingLevel();
        if (level > 0 && level <= 6 && !inTableRow) {
            String id = headingId;
            headingId = tag.id();
            return tag.closing() ? (id.isEmpty() ? "" : " {#" + id + "}") + "\n\n" : "\n\n" + "#".repeat(level) + " ";
        }
        if (tag.is("TabItem") && !tag.label().isEmpty()) {
            return "**" + tag.label() + "**" + (alone ? "\n" : ": ");
        }
        if (tag.is("img")) {
            return tag.alternative();
        }
        if (!tag.isBlock()) {
            return "";
        }
        if (inTableRow || tag.is("br") || tag.is("td") || tag.is("th")) {
            return " ";
        }
        if (tag.is("li")) {
            return tag.closing() ? "" : "\n- ";
        }
        return alone ? "" : "\n\n";
    }

    private boolean standsAlone(Tag tag) {
        int before = at - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        int after = tag.end();
        while (after < text.length() && (text.charAt(after) == ' ' || text.charAt(after) == '\t')) {
            after++;
        }
        return (before < 0 || text.charAt(before) == '\n') && (after == text.length() || text.charAt(after) == '\n');
    }
}
