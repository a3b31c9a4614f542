package dev.lectern.book.manuscript;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What `mkdocs.yml` says of a site, as [MkDocs](https://www.mkdocs.org/user-guide/configuration/) reads it.
record MkDocsSettings(JsonNode fields) {

    /// What YAML 1.1 takes for false.
    private static final Set<String> FALSE = Set.of("false", "no", "off");

    private static final Pattern ELSEWHERE = Pattern.compile("^(?:/|[A-Za-z][A-Za-z0-9+.-]*+:).*", Pattern.DOTALL);

    /// A page in the navigation.
    ///
    /// @param path of its file, from the folder of the pages
    record Entry(Optional<String> title, String path) {}

    Optional<String> siteName() {
        return text("site_name");
    }

    Optional<String> siteUrl() {
        return text("site_url");
    }

    String pagesFolder() {
        return SitePath.normal(text("docs_dir").orElse(Site.DEFAULT_FOLDER));
    }

    /// Whether a page is shown at `page/` rather than at `page.html`.
    boolean directoryUrls() {
        return text("use_directory_urls")
                .map(each -> !FALSE.contains(each.toLowerCase(Locale.ROOT)))
                .orElse(true);
    }

    /// The file whose settings count where this one says nothing.
    Optional<String> inherited() {
        return text("INHERIT");
    }

    /// The pages in the order of the navigation, without the links to other sites in it; none where there is no
    /// navigation.
    List<Entry> navigation() {
        List<Entry> entries = new ArrayList<>();
        collect(entries, Optional.empty(), fields.path("nav"));
        return entries;
    }

    private static void collect(List<Entry> entries, Optional<String> title, JsonNode node) {
        if (node.isObject()) {
            node.properties().forEach(entry -> collect(entries, titled(entry.getKey()), entry.getValue()));
        } else if (node.isArray()) {
            node.forEach(each -> collect(entries, Optional.empty(), each)); // its title is the section's
        } else if (node.isTextual() && !ELSEWHERE.matcher(node.asText()).matches()) {
            entries.add(new Entry(title, SitePath.normal(node.asText().strip())));
        }
    }

    private static Optional<String> titled(String text) {
        return Optional.of(StorableText.of(text.strip())).filter(each -> !each.isEmpty());
    }

    /// How the anchors of headings are made; empty where by a function that is not known here.
    Optional<TocSlug> slug() {
        JsonNode function = extension("toc").path("slugify");
        if (function.isObject()) { // of !!python/object/apply:pymdownx.slugs.slugify its arguments are left
            return switch (function.path("kwds").path("case").asText("none")) {
                case "lower" -> Optional.of(TocSlug.PYMDOWN);
                case "none" -> Optional.of(TocSlug.PYMDOWN_CASED);
                default -> Optional.empty();
            };
        }
        return switch (function.asText("")) {
            case "", "python/name:markdown.extensions.toc.slugify" -> Optional.of(TocSlug.ASCII);
            case "python/name:markdown.extensions.toc.slugify_unicode" -> Optional.of(TocSlug.UNICODE);
            case "python/name:pymdownx.slugs.uslugify" -> Optional.of(TocSlug.PYMDOWN);
            case "python/name:pymdownx.slugs.uslugify_cased" -> Optional.of(TocSlug.PYMDOWN_CASED);
            default -> Optional.empty();
        };
    }

    /// The folders that the names of snippets start from.
    List<String> snippetFolders() {
        JsonNode paths = extension("pymdownx.snippets").path("base_path");
        if (paths.isMissingNode()) {
            return List.of("");
        }
        List<String> folders = new ArrayList<>();
        (paths.isArray() ? paths : List.of(paths)).forEach(path -> folders.add(path.asText("")));
        return folders;
    }

    /// The snippets that every page includes at its end.
    List<String> appendedSnippets() {
        List<String> names = new ArrayList<>();
        extension("pymdownx.snippets").path("auto_append").forEach(name -> names.add(name.asText("")));
        return names;
    }

    /// What an extension of Markdown is set to: extensions are a list of names and mappings, or one mapping.
    private JsonNode extension(String name) {
        JsonNode extensions = fields.path("markdown_extensions");
        for (JsonNode each : extensions.isArray() ? extensions : List.of(extensions)) {
            for (String alias : List.of(name, "markdown.extensions." + name)) {
                if (each.has(alias)) {
                    return each.path(alias);
                }
            }
        }
        return MissingNode.getInstance();
    }

    /// A setting; of a list, which only `!ENV [NAME, …, default]` makes of it, the default.
    private Optional<String> text(String field) {
        JsonNode value = fields.path(field);
        JsonNode last = value.isArray() && value.size() > 1 ? value.get(value.size() - 1) : value;
        return last.isValueNode() && !last.isNull() && !last.asText().isBlank()
                ? Optional.of(StorableText.of(last.asText().strip())) // what is in a list was not looked at before
                : Optional.empty();
    }
}
