package dev.lectern.book.manuscript;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where [Docusaurus](https://docusaurus.io/docs/create-doc#doc-urls) shows a page, and what the numbers before names
/// of files mean to it.
final class SitePath {

    private static final Pattern NUMBERED = Pattern.compile("^(\\d{1,9})\\s*[-_.]+\\s*([^-_.\\s].*)$");
    /// Dates and versions are no numbers of an order.
    private static final Pattern DATE_OR_VERSION =
            Pattern.compile("^(?:(?:\\d{2}|\\d{4})[-_.]\\d{2}(?:[-_.](?:\\d{2}|\\d{4}))?.*|\\d+[-_.]\\d+.*)$");
    private static final Set<String> INDEX_NAMES = Set.of("index", "readme");

    private SitePath() {}

    /// The path of a page, without the slash at its beginning. That of a folder's own page ends with a slash.
    static String of(String file, FrontMatter frontMatter) {
        List<String> folders = folders(file);
        String slug = frontMatter.text("slug").orElse("");
        if (slug.startsWith("/")) {
            return normal(slug);
        }
        String folder =
                String.join("/", folders.stream().map(SitePath::unnumbered).toList());
        if (slug.isEmpty() && isIndex(file)) {
            return folder.isEmpty() ? "" : folder + "/";
        }
        String name = slug.isEmpty() ? frontMatter.text("id").orElseGet(() -> unnumbered(stem(file))) : slug;
        return normal(folder + "/" + name);
    }

    /// Whether a page stands for its folder.
    static boolean isIndex(String file) {
        String stem = stem(file).toLowerCase(Locale.ROOT);
        List<String> folders = folders(file);
        return INDEX_NAMES.contains(stem)
                || (!folders.isEmpty()
                        && folders.getLast().toLowerCase(Locale.ROOT).equals(stem));
    }

    static String unnumbered(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() && !DATE_OR_VERSION.matcher(name).matches() ? numbered.group(2) : name;
    }

    static OptionalDouble number(String name) {
        Matcher numbered = NUMBERED.matcher(name);
        return numbered.matches() && !DATE_OR_VERSION.matcher(name).matches()
                ? OptionalDouble.of(Double.parseDouble(numbered.group(1)))
                : OptionalDouble.empty();
    }

    static List<String> folders(String file) {
        List<String> parts = Arrays.asList(file.split("/", -1));
        return parts.subList(0, parts.size() - 1);
    }

    static String stem(String file) {
        String name = SourceFile.nameOf(file);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    /// Without `.`, `..`, doubled slashes and the slash at the beginning; one at the end stays.
    static String normal(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", new ArrayList<>(parts));
        return path.endsWith("/") && !joined.isEmpty() ? joined + "/" : joined;
    }
}
