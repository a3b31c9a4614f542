package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The order of a MkDocs site's pages, and the titles that its navigation gives them.
final class MkDocsNavigation {

    private static final Set<String> INDEX_NAMES = Set.of("index", "README");
    private static final int NAMED_IN_A_WARNING = 5;

    private final String settings;
    private final Set<String> named = new LinkedHashSet<>();
    private final Map<String, String> titles = new HashMap<>();

    /// @param settings what to call the file that the entries are from
    MkDocsNavigation(String settings, List<MkDocsSettings.Entry> entries) {
        this.settings = settings;
        for (MkDocsSettings.Entry entry : entries) {
            named.add(entry.path());
            entry.title().ifPresent(title -> titles.putIfAbsent(entry.path(), title));
        }
    }

    /// Whether a page stands for its folder.
    static boolean isIndex(String path) {
        return INDEX_NAMES.contains(SitePath.stem(path));
    }

    Optional<String> title(String path) {
        return Optional.ofNullable(titles.get(path));
    }

    /// The pages that are named, in that order, then the others. An entry may name a folder, as plugins allow, for the
    /// pages in it that are not named themselves.
    ///
    /// @param files all that could be named
    /// @param warnings gets what is missing on either side
    List<SourcePage> inOrder(List<SourcePage> pages, List<SourceFile> files, List<String> warnings) {
        Map<String, SourcePage> left = new TreeMap<>(Comparator.comparing(MkDocsNavigation::place));
        pages.forEach(page -> left.put(page.path(), page));
        Map<String, List<String>> folders = folders(left.keySet());
        List<SourcePage> ordered = new ArrayList<>();
        for (String entry : named) {
            for (String path : folders.getOrDefault(folder(entry), List.of(entry))) {
                @Nullable SourcePage page = left.remove(path);
                if (page != null) {
                    ordered.add(page);
                }
            }
        }
        Set<String> known = files.stream().map(SourceFile::path).collect(Collectors.toSet());
        warnOfDifferences(
                named.stream()
                        .filter(entry -> !known.contains(entry) && !folders.containsKey(folder(entry)))
                        .toList(),
                List.copyOf(left.keySet()),
                warnings);
        ordered.addAll(left.values());
        return ordered;
    }

    private void warnOfDifferences(List<String> missing, List<String> unnamed, List<String> warnings) {
        if (!missing.isEmpty()) {
            warnings.add("the nav of " + settings + " names what is no Markdown page here: " + some(missing));
        }
        if (!named.isEmpty() && !unnamed.isEmpty()) {
            warnings.add("the nav of " + settings + " does not name all pages; after those that it names come "
                    + some(unnamed));
        }
    }

    /// For each folder, from the root on, the pages below it that are not named themselves.
    private Map<String, List<String>> folders(Set<String> paths) {
        Map<String, List<String>> folders = new HashMap<>();
        for (String path : paths) {
            for (int end = 0; end >= 0; end = path.indexOf('/', end + 1)) {
                List<String> below = folders.computeIfAbsent(path.substring(0, end), folder -> new ArrayList<>());
                if (!named.contains(path)) {
                    below.add(path);
                }
            }
        }
        return folders;
    }

    private static String folder(String entry) {
        return entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
    }

    private static String some(List<String> paths) {
        String first = paths.stream().limit(NAMED_IN_A_WARNING).collect(Collectors.joining(", "));
        int more = paths.size() - NAMED_IN_A_WARNING;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /// What sorts pages as MkDocs does by itself: a folder's own page, its other pages, its folders.
    private static String place(String path) {
        String folders = SitePath.folders(path).stream()
                .map(folder -> "1" + folder + "\0")
                .collect(Collectors.joining());
        return folders + "0" + (isIndex(path) ? "\0" : "") + SourceFile.nameOf(path);
    }
}
