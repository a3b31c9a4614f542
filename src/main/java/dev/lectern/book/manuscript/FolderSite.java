package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A site of Docusaurus, or just a folder, which is read like one.
///
/// @param docusaurus whether all Markdown is MDX
record FolderSite(List<SourceFile> files, boolean docusaurus) implements Site {

    private static final String CATEGORY = "_category_.";

    static FolderSite of(List<SourceFile> files) {
        boolean docusaurus = files.stream().anyMatch(file -> file.path().startsWith("docusaurus.config."));
        return new FolderSite(docusaurus ? Site.below(files, DEFAULT_FOLDER) : files, docusaurus);
    }

    @Override
    public Optional<String> title() {
        return Optional.empty();
    }

    @Override
    public Optional<URI> url() {
        return Optional.empty();
    }

    @Override
    public List<SourcePage> inOrder(List<SourcePage> pages) {
        Category root = new Category("");
        for (SourceFile file : files) {
            if (SourceFile.nameOf(file.path()).startsWith(CATEGORY)) {
                root.describe(file.path(), FrontMatter.ofFile(file.path(), Utf8.decode(file)));
            }
        }
        pages.forEach(root::add);
        return root.inOrder().toList();
    }

    @Override
    public Optional<String> title(String path) {
        return Optional.empty();
    }

    @Override
    public String address(String path, FrontMatter frontMatter) {
        return SitePath.of(path, frontMatter);
    }

    @Override
    public Dialect dialect(String path) {
        return new GitHubMarkdown(docusaurus || isMdx(path));
    }

    private static boolean isMdx(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".mdx");
    }
}
