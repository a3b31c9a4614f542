package dev.lectern.book.manuscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A manuscript in a zip archive, which may have been made to do harm: sizes are counted, not believed.
///
/// @param name what to call it in messages
public record ZipSource(Path archive, String name) implements ManuscriptSource {

    public ZipSource(Path archive) {
        this(archive, archive.toString());
    }

    @Override
    public List<SourceFile> read(Limits limits) {
        try {
            if (Files.size(archive) > limits.archiveBytes()) {
                throw new FlawException(
                        new Flaw.TooLarge(name(), "is larger than " + Limits.mebibytes(limits.archiveBytes())));
            }
            try (ZipFile zip = new ZipFile(archive.toFile())) {
                // Before they are listed: an archive has room for more than a million entries of nothing.
                if (zip.size() > limits.entries()) {
                    throw new FlawException(
                            new Flaw.TooLarge(name(), "has more than " + limits.entries() + " files and folders"));
                }
                return withoutCommonFolder(read(zip, ZipLinks.in(archive), limits));
            }
        } catch (FlawException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // what a crafted archive makes the JDK or ZipLinks throw
            throw new FlawException(
                    new Flaw.Unreadable(name(), "it is neither a folder nor a whole zip archive with names in UTF-8"));
        }
    }

    private static List<SourceFile> read(ZipFile zip, Set<String> links, Limits limits) throws IOException {
        Limits.Budget budget = limits.budget();
        Set<String> seen = new HashSet<>();
        List<SourceFile> files = new ArrayList<>();
        for (ZipEntry entry : Collections.list(zip.entries())) {
            String path = entry.getName().replace('\\', '/');
            budget.entry(path);
            refuseEscape(path, links.contains(entry.getName()));
            if (entry.isDirectory() || !SourceFile.counts(path)) {
                budget.unpacked(path, Math.max(0, entry.getSize()));
                continue;
            }
            if (!seen.add(path)) {
                throw new FlawException(new Flaw.Unreadable(path, "the archive has it twice"));
            }
            byte[] content = content(zip, entry, path, limits);
            budget.unpacked(path, content.length);
            budget.text(path, content.length);
            files.add(new SourceFile(path, content));
        }
        return files;
    }

    private static byte[] content(ZipFile zip, ZipEntry entry, String path, Limits limits) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(Math.toIntExact(limits.pageBytes() + 1));
            long packed = Math.max(1, entry.getCompressedSize());
            if (content.length >= Limits.RATIO_COUNTS_FROM && content.length / packed > limits.ratio()) {
                throw new FlawException(new Flaw.TooLarge(
                        path, "unpacks to more than " + limits.ratio() + " times its packed size: a zip bomb"));
            }
            return content;
        }
    }

    private static void refuseEscape(String path, boolean link) {
        if (path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            throw new FlawException(new Flaw.Escape(path, "is an absolute path"));
        }
        if (List.of(path.split("/", -1)).contains("..")) {
            throw new FlawException(new Flaw.Escape(path, "climbs out of the manuscript"));
        }
        if (path.indexOf('\0') >= 0) {
            throw new FlawException(new Flaw.Escape(path.replace('\0', '?'), "has a zero byte in its name"));
        }
        if (link) {
            throw new FlawException(new Flaw.Escape(path, "is a symbolic link; put the file itself into the archive"));
        }
    }

    /// People pack a folder as often as what is in it.
    private static List<SourceFile> withoutCommonFolder(List<SourceFile> files) {
        if (files.isEmpty()) {
            return files;
        }
        int slash = files.getFirst().path().indexOf('/');
        if (slash < 0) {
            return files;
        }
        String folder = files.getFirst().path().substring(0, slash + 1);
        if (!files.stream().allMatch(file -> file.path().startsWith(folder))) {
            return files;
        }
        return files.stream()
                .map(file -> new SourceFile(file.path().substring(folder.length()), file.content()))
                .toList();
    }
}
