package dev.lectern.persistence;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The migrations on the class path, by their names alone.
final class MigrationFiles {

    static final String FOLDER = "db/migration";

    private static final Pattern NAME = Pattern.compile("(?:.*/)?V(\\d+)__\\w+\\.sql");

    private MigrationFiles() {}

    /// The versions of all.
    static Set<String> versions() throws IOException {
        Set<String> versions = new HashSet<>();
        for (URL folder : Collections.list(MigrationFiles.class.getClassLoader().getResources(FOLDER))) {
            for (String name : names(folder)) {
                Matcher matcher = NAME.matcher(name);
                if (matcher.matches()) {
                    versions.add(matcher.group(1));
                }
            }
        }
        return versions;
    }

    private static List<String> names(URL folder) throws IOException {
        if (folder.openConnection() instanceof JarURLConnection inJar) {
            // The class loader's own view of the jar, which must stay open.
            JarFile jar = inJar.getJarFile();
            return jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith(FOLDER + "/"))
                    .toList();
        }
        try (Stream<Path> files = Files.list(Path.of(uri(folder)))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private static URI uri(URL folder) throws IOException {
        try {
            return folder.toURI();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }
}
