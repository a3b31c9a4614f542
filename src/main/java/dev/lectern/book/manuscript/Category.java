package dev.lectern.book.manuscript;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A folder of pages, in the order of the site's side bar: by position, then by number, then by name.
final class Category {

    private final String name;
    private final Map<String, Category> folders = new TreeMap<>();
    private final TreeMap<String, SourcePage> pages = new TreeMap<>();
    private @Nullable FrontMatter file;

    Category(String name) {
        this.name = name;
    }

    void add(SourcePage page) {
        folder(SitePath.folders(page.path())).pages.put(page.path(), page);
    }

    void describe(String path, FrontMatter categoryFile) {
        folder(SitePath.folders(path)).file = categoryFile;
    }

    /// All pages below, in order.
    Stream<SourcePage> inOrder() {
        Stream<Entry> own = pages.values().stream().map(Entry::of);
        Stream<Entry> below = folders.values().stream().map(Category::entry);
        return Stream.concat(own, below).sorted(Entry.ORDER).flatMap(Entry::pages);
    }

    private Category folder(List<String> path) {
        Category category = this;
        for (String folder : path) {
            category = category.folders.computeIfAbsent(folder, Category::new);
        }
        return category;
    }

    private Entry entry() {
        double number = SitePath.number(name).orElse(Entry.LAST);
        double position = pages.values().stream()
                .filter(SourcePage::isIndex)
                .findFirst()
                .map(page -> page.frontMatter().number("sidebar_position").orElse(number))
                .orElse(number);
        double stated = file == null ? position : file.number("position").orElse(position);
        return new Entry(false, stated, SitePath.unnumbered(name).toLowerCase(Locale.ROOT), this::inOrder);
    }

    /// A page or a folder beside others.
    private record Entry(boolean index, double position, String name, Supply supply) {

        static final double LAST = Double.MAX_VALUE;

        static final Comparator<Entry> ORDER = Comparator.comparing((Entry entry) -> !entry.index)
                .thenComparingDouble(Entry::position)
                .thenComparing(Entry::name);

        static Entry of(SourcePage page) {
            String stem = SitePath.stem(page.path());
            double position = page.frontMatter()
                    .number("sidebar_position")
                    .orElse(SitePath.number(stem).orElse(LAST));
            return new Entry(page.isIndex(), position, stem.toLowerCase(Locale.ROOT), () -> Stream.of(page));
        }

        Stream<SourcePage> pages() {
            return supply.get();
        }
    }

    @FunctionalInterface
    private interface Supply {
        Stream<SourcePage> get();
    }
}
