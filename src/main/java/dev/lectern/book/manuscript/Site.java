package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// The site that the files make: which of them are the book, in which order, and how the site shows a page.
sealed interface Site permits FolderSite, MkDocsSite {

    /// Where sites keep their pages unless they say otherwise.
    String DEFAULT_FOLDER = "docs";

    /// The kind of site is told by the configuration that lies among the files.
    ///
    /// @param warnings gets what looks wrong in it
    static Site of(List<SourceFile> files, Limits limits, List<String> warnings) {
        for (SourceFile file : files) {
            if (file.path().equals("mkdocs.yml") || file.path().equals("mkdocs.yaml")) {
                return MkDocsSite.of(file, files, limits, warnings);
            }
        }
        return FolderSite.of(files);
    }

    /// What the site calls itself.
    Optional<String> title();

    /// Where the site says that it is.
    Optional<URI> url();

    /// The book's files, with paths from the folder that holds it.
    List<SourceFile> files();

    /// The pages as a reader goes through them.
    List<SourcePage> inOrder(List<SourcePage> pages);

    /// What the site calls a page, besides what the page calls itself.
    Optional<String> title(String path);

    /// Where the site shows a page: its path there, without the slash at the beginning.
    String address(String path, FrontMatter frontMatter);

    /// The name of the page at an address: the address without the slash at its end; `index` for the first page.
    default String slug(String address) {
        String name = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return name.isEmpty() ? "index" : name;
    }

    /// What the page of this path is written in.
    Dialect dialect(String path);

    /// The files below a folder, with paths from there; all where there are none.
    static List<SourceFile> below(List<SourceFile> files, String folder) {
        String prefix = folder + "/";
        List<SourceFile> inside = files.stream()
                .filter(file -> file.path().startsWith(prefix))
                .map(file -> new SourceFile(file.path().substring(prefix.length()), file.content()))
                .toList();
        return inside.isEmpty() ? files : inside;
    }
}
