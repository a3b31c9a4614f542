package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A site of [MkDocs](https://www.mkdocs.org).
final class MkDocsSite implements Site {

    private final String name;
    private final MkDocsSettings settings;
    private final List<SourceFile> files;
    private final List<String> warnings;
    private final MkDocsNavigation navigation;
    private final TocSlug slug;
    private final Snippets snippets;

    private MkDocsSite(
            String name, MkDocsSettings settings, List<SourceFile> files, Snippets snippets, List<String> warnings) {
        this.name = name;
        this.settings = settings;
        this.files = files;
        this.snippets = snippets;
        this.warnings = warnings;
        this.navigation = new MkDocsNavigation(name, settings.navigation());
        this.slug = settings.slug().orElse(TocSlug.ASCII);
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
        Snippets snippets = new Snippets(files, folders, settings.appendedSnippets(), limits, warnings);
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
        return navigation.inOrder(pages, files, warnings);
    }

    @Override
    public Optional<String> title(String path) {
        return navigation.title(path);
    }

    @Override
    public String address(String path, FrontMatter frontMatter) {
        String folder =
                path.substring(0, path.length() - SourceFile.nameOf(path).length());
        String page = MkDocsNavigation.isIndex(path) ? "index" : SitePath.stem(path);
        if (!settings.directoryUrls()) {
            return folder + page + ".html";
        }
        return MkDocsNavigation.isIndex(path) ? folder : folder + page + "/";
    }

    @Override
    public String slug(String address) {
        return settings.directoryUrls() ? Site.super.slug(address) : address.replaceFirst("\\.html$", "");
    }

    @Override
    public Dialect dialect(String path) {
        return new PythonMarkdown(slug, lines -> snippets.included(path, lines));
    }
}
