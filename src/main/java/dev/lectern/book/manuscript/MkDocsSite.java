package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A site of [MkDocs](https://www.mkdocs.org).
final class MkDocsSite implements Site {

    private static final Set<String> INDEX_NAMES = Set.of("index", "README");
    private static final int NAMED_IN_A_WARNING = 5;

    private final String name;
    private final MkDocsSettings settings;
    private final List<SourceFile> files;
    private final List<String> warnings;
    private final List<MkDocsSettings.Entry> navigation;
    private final TocSlug slug;
    private final Snippets snippets;
    private final Map<String, String> titles = new HashMap<>();

    private MkDocsSite(
            String name, MkDocsSettings settings, List<SourceFile> files, Snippets snippets, List<String> warnings) {
        this.name = name;
        this.settings = settings;
        this.files = files;
        this.snippets = snippets;
        this.warnings = warnings;
        this.navigation = settings.navigation();
        this.slug = settings.slug().orElse(TocSlug.ASCII);
        for (MkDocsSettings.Entry entry : navigation) {
            entry.title().ifPresent(title -> titles.putIfAbsent(entry.path(), title));
        }
    }

    static MkDocsSite of(SourceFile configuration, List<SourceFile> files, Limits limits, List<String> warnings) {
        String name = configuration.path();
        MkDocsSettings settings = new MkDocsSettings(
                FrontMatter.ofFile(name, Utf8.decode(configuration)).fields());
        settings.inherited()
                .ifPresent(parent -> warnings.add(name + " inherits from " + parent + ", which is not read"));
        if (settings.slug().isEmpty()) {
            warnings.add(name + " has anchors made by a function that is not known here: they may differ");
        }
        String pages = settings.pagesFolder();
        List<String> folders = new ArrayList<>(settings.snippetFolders());
        folders.add(pages);
        Snippets snippets = new Snippets(files, folders, limits, warnings);
        return new MkDocsSite(name, settings, Site.below(files, pages), snippets, warnings);
    }

    @Override
    public Optional<String> title() {
        return settings.siteName();
    }

    @Override
    public Optional<URI> url() {
        Optional<String> stated = settings.siteUrl();
        Optional<URI> url = stated.flatMap(SiteUrl::of);
        if (stated.isPresent() && url.isEmpty()) {
            warnings.add("the site_url of " + name + " is no address of a site and was left aside");
        }
        return url;
    }

    @Override
    public List<SourceFile> files() {
        return files;
    }

    @Override
    public List<SourcePage> inOrder(List<SourcePage> pages) {
        Map<String, SourcePage> left = new TreeMap<>(Comparator.comparing(MkDocsSite::place));
        pages.forEach(page -> left.put(page.path(), page));
        List<SourcePage> ordered = new ArrayList<>();
        for (MkDocsSettings.Entry entry : navigation) {
            @Nullable SourcePage page = left.remove(entry.path());
            if (page != null) {
                ordered.add(page);
            }
        }
        warnOfDifferences(left.keySet());
        ordered.addAll(left.values());
        return ordered;
    }

    private void warnOfDifferences(Set<String> unnamed) {
        Set<String> known = files.stream().map(SourceFile::path).collect(Collectors.toSet());
        List<String> missing = navigation.stream()
                .map(MkDocsSettings.Entry::path)
                .filter(path -> !known.contains(path))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            warnings.add("the nav of " + name + " names what is no Markdown page here: " + some(missing));
        }
        if (!navigation.isEmpty() && !unnamed.isEmpty()) {
            warnings.add("the nav of " + name + " does not name all pages; after those that it names come "
                    + some(List.copyOf(unnamed)));
        }
    }

    private static String some(List<String> paths) {
        String named = paths.stream().limit(NAMED_IN_A_WARNING).collect(Collectors.joining(", "));
        int more = paths.size() - NAMED_IN_A_WARNING;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    /// What sorts pages as MkDocs does by itself: a folder's own page, its other pages, its folders.
    private static String place(String path) {
        String folders = SitePath.folders(path).stream()
                .map(folder -> "1" + folder + "\0")
                .collect(Collectors.joining());
        return folders + "0" + (isIndex(path) ? "\0" : "") + SourceFile.nameOf(path);
    }

    @Override
    public Optional<String> title(String path) {
        return Optional.ofNullable(titles.get(path));
    }

    @Override
    public String address(String path, FrontMatter frontMatter) {
        String folder =
                path.substring(0, path.length() - SourceFile.nameOf(path).length());
        String page = isIndex(path) ? "index" : SitePath.stem(path);
        if (!settings.directoryUrls()) {
            return folder + page + ".html";
        }
        return isIndex(path) ? folder : folder + page + "/";
    }

    @Override
    public String slug(String address) {
        return settings.directoryUrls() ? Site.super.slug(address) : address.replaceFirst("\\.html$", "");
    }

    private static boolean isIndex(String path) {
        return INDEX_NAMES.contains(SitePath.stem(path));
    }

    @Override
    public Dialect dialect(String path) {
        return new PythonMarkdown(slug, lines -> snippets.included(path, lines));
    }
}
