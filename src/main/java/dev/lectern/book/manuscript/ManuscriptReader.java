package dev.lectern.book.manuscript;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// Reads a manuscript: finds the pages, puts them in order, and takes each apart.
final class ManuscriptReader {

    private final ManuscriptSource source;
    private final Optional<URI> givenUrl;
    private final Limits limits;
    private final List<String> warnings = new ArrayList<>();

    ManuscriptReader(ManuscriptSource source, Optional<URI> givenUrl, Limits limits) {
        this.source = source;
        this.givenUrl = givenUrl;
        this.limits = limits;
    }

    Manuscript read() {
        Site site = Site.of(source.read(limits), limits, warnings);
        Optional<URI> url = givenUrl.or(site::url);
        List<SourcePage> found = new ArrayList<>();
        for (SourceFile file : site.files()) {
            if (SourceFile.isPage(file.path())) {
                page(file, site).ifPresent(found::add);
            }
        }
        List<SourcePage> ordered = site.inOrder(withoutSecondIndexes(found));
        Map<String, SourcePage> bySource = bySource(ordered);
        List<Page> pages = ordered.stream()
                .map(page -> takeApart(page, site, links(page, bySource, SiteUrl.base(url))))
                .toList();
        if (pages.stream().allMatch(page -> page.excerpts().isEmpty())) {
            throw new FlawException(new Flaw.Empty(source.name()));
        }
        Optional<String> home = pages.stream()
                .filter(page -> page.address().isEmpty())
                .map(Page::title)
                .findFirst();
        return new Manuscript(site.title().or(() -> home), url, pages, List.copyOf(warnings));
    }

    private Optional<SourcePage> page(SourceFile file, Site site) {
        String text = Utf8.decode(file);
        FrontMatter frontMatter = FrontMatter.of(file.path(), text);
        if (frontMatter.flag("draft")) {
            warnings.add(file.path() + " is a draft and was left out");
            return Optional.empty();
        }
        String body = text.lines().skip(frontMatter.lines()).collect(Collectors.joining("\n"));
        String address = site.address(file.path(), frontMatter);
        return Optional.of(new SourcePage(file.path(), frontMatter, body, address, site.slug(address)));
    }

    /// Where a folder has both an index and a read-me, the read-me is for those who look at the files.
    private List<SourcePage> withoutSecondIndexes(List<SourcePage> pages) {
        Map<String, SourcePage> indexes = new HashMap<>();
        pages.stream()
                .filter(page -> SitePath.stem(page.path()).equalsIgnoreCase("index"))
                .forEach(page -> indexes.put(page.address(), page));
        List<SourcePage> kept = new ArrayList<>();
        for (SourcePage page : pages) {
            SourcePage index = indexes.get(page.address());
            if (index != null && SitePath.stem(page.path()).equalsIgnoreCase("readme")) {
                warnings.add(page.path() + " was left out, because " + index.path() + " stands for its folder");
            } else {
                kept.add(page);
            }
        }
        return kept;
    }

    private static Map<String, SourcePage> bySource(List<SourcePage> pages) {
        Map<String, SourcePage> bySource = new HashMap<>();
        Map<String, SourcePage> bySlug = new HashMap<>();
        for (SourcePage page : pages) {
            bySource.put(page.path(), page);
            SourcePage other = bySlug.putIfAbsent(page.slug(), page);
            if (other != null) {
                throw new FlawException(new Flaw.SameAddress("/" + page.address(), other.path(), page.path()));
            }
        }
        return bySource;
    }

    private Page takeApart(SourcePage page, Site site, UnaryOperator<String> links) {
        Optional<String> given =
                site.title(page.path()).or(() -> page.frontMatter().text("title"));
        ParsedPage parsed = PageParser.parse(page.path(), page.text(), given, site.dialect(page.path()), links);
        List<Excerpt> excerpts = Splitter.split(parsed.sections());
        if (excerpts.isEmpty()) {
            warnings.add(page.path() + " has no text of its own");
        }
        String title = given.or(parsed::title)
                .or(() -> page.frontMatter().text("sidebar_label"))
                .orElseGet(() -> Names.titleOf(SitePath.unnumbered(SitePath.stem(page.path()))));
        return new Page(page.slug(), page.address(), title, parsed.markdown(), parsed.headings(), excerpts);
    }

    /// Links to other pages' files become links to where the site shows these pages.
    private static UnaryOperator<String> links(SourcePage from, Map<String, SourcePage> bySource, String base) {
        String folder = String.join("/", SitePath.folders(from.path()));
        return destination -> {
            int hash = destination.indexOf('#');
            String file = hash < 0 ? destination : destination.substring(0, hash);
            String fragment = hash < 0 ? "" : destination.substring(hash);
            boolean fromRoot = file.startsWith("/");
            SourcePage page =
                    file.isEmpty() ? null : bySource.get(SitePath.normal(fromRoot ? file : folder + "/" + file));
            return page == null ? destination : base + page.address() + fragment;
        };
    }
}
