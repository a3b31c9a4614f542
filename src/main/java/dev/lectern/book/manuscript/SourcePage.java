package dev.lectern.book.manuscript;

/// A page as it was read, before its text is taken apart.
///
/// @param path of the file
/// @param frontMatter what it says of itself
/// @param text what follows
/// @param address the path on the site, without the slash at its beginning
record SourcePage(String path, FrontMatter frontMatter, String text, String address) {

    boolean isIndex() {
        return SitePath.isIndex(path);
    }

    /// The address as a name: without the slash at its end; `index` for the first page.
    String slug() {
        String name = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        return name.isEmpty() ? "index" : name;
    }
}
