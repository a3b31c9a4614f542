package dev.lectern.book.manuscript;

/// A page as it was read, before its text is taken apart.
///
/// @param path of the file
/// @param frontMatter what it says of itself
/// @param text what follows
/// @param address the path on the site, without the slash at its beginning
/// @param slug the address as a name
record SourcePage(String path, FrontMatter frontMatter, String text, String address, String slug) {

    boolean isIndex() {
        return SitePath.isIndex(path);
    }
}
