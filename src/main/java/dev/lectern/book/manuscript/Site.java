package dev.lectern.book.manuscript;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which part of the files is the book, by the configuration of the site that lies among them.
///
/// @param title what the site calls itself
/// @param files the book's, with paths from the folder that holds it
/// @param docusaurus whether all Markdown is MDX
record Site(Optional<String> title, List<SourceFile> files, boolean docusaurus) {

    private static final String DEFAULT_FOLDER = "docs";

    static Site of(List<SourceFile> files, List<String> warnings) {
        @Nullable
        SourceFile mkdocs = files.stream()
                .filter(file -> file.path().equals("mkdocs.yml") || file.path().equals("mkdocs.yaml"))
                .findFirst()
                .orElse(null);
        boolean docusaurus = files.stream().anyMatch(file -> file.path().startsWith("docusaurus.config."));
        if (mkdocs != null) {
            FrontMatter settings = settings(mkdocs, warnings);
            String folder = SitePath.normal(settings.text("docs_dir").orElse(DEFAULT_FOLDER));
            return new Site(settings.text("site_name"), below(files, folder), docusaurus);
        }
        return new Site(Optional.empty(), docusaurus ? below(files, DEFAULT_FOLDER) : files, docusaurus);
    }

    Dialect dialect(String path) {
        return new GitHubMarkdown(docusaurus || path.toLowerCase(Locale.ROOT).endsWith(".mdx"));
    }

    private static FrontMatter settings(SourceFile mkdocs, List<String> warnings) {
        try {
            return FrontMatter.ofFile(mkdocs.path(), Utf8.decode(mkdocs));
        } catch (FlawException e) { // MkDocs lets Python into its YAML; the book does not depend on it
            warnings.add(mkdocs.path() + " could not be understood and was left aside");
            return FrontMatter.none();
        }
    }

    private static List<SourceFile> below(List<SourceFile> files, String folder) {
        String prefix = folder + "/";
        List<SourceFile> inside = files.stream()
                .filter(file -> file.path().startsWith(prefix))
                .map(file -> new SourceFile(file.path().substring(prefix.length()), file.content()))
                .toList();
        return inside.isEmpty() ? files : inside;
    }
}
