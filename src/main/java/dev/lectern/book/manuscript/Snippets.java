package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The files that pages may include by
/// [snippets](https://facelessuser.github.io/pymdown-extensions/extensions/snippets/): by a line `--8<-- "file.md"`, or
/// by their names between two lines `--8<--`.
///
/// Only Markdown is among the files of a manuscript: what includes something else goes, with a warning.
final class Snippets {

    private static final Pattern MARK =
            Pattern.compile("^(\\s*+)(;?+)-{2,}+8<-{2,}+(?:[ \\t]++(?:\"([^\"]++)\"|'([^']++)'))?+\\s*+$");
    private static final Pattern SECTION =
            Pattern.compile("--8<-{2,}+[ \\t]++\\[[ \\t]*+(start|end)[ \\t]*+:[ \\t]*+([\\w-]++)[ \\t]*+]");
    private static final Pattern RANGE = Pattern.compile("(\\d{0,9})(?::(\\d{0,9}))?");

    /// How many files include each other at most.
    private static final int DEEPEST = 32;

    /// Lines of a file that follow each other.
    ///
    /// @param first the number of the first
    private record Stretch(String path, int first, List<String> lines) {

        Stretch part(int from, int to) {
            return new Stretch(path, first + from, lines.subList(from, to));
        }
    }

    private final Map<String, SourceFile> files = new HashMap<>();
    private final List<String> folders;
    private final List<String> appended = new ArrayList<>();
    private final Limits limits;
    private final Limits.Budget budget;
    private final List<String> warnings;

    /// @param folders that the names of snippets start from
    /// @param appended what every page includes at its end
    Snippets(
            List<SourceFile> files, List<String> folders, List<String> appended, Limits limits, List<String> warnings) {
        files.forEach(file -> this.files.put(file.path(), file));
        this.folders = folders;
        this.limits = limits;
        this.budget = limits.budget();
        this.warnings = warnings;
        for (String name : appended) {
            if (file(name) == null) {
                warnings.add("every page includes what is no Markdown file here, and was left out: " + name);
            } else {
                this.appended.add(name);
            }
        }
    }

    /// The lines of a page with what they include.
    ///
    /// @throws FlawException where that is too much
    List<String> included(String page, List<String> lines) {
        Inclusion inclusion = new Inclusion(page);
        List<String> all = new ArrayList<>(lines);
        appended.forEach(name -> all.addAll(List.of("", "--8<-- \"" + name + "\"")));
        inclusion.take(new Stretch(page, 1, all), "");
        if (!inclusion.missing.isEmpty()) {
            warnings.add(page + " includes what is no Markdown file here, and was left out: "
                    + String.join(", ", inclusion.missing));
        }
        return inclusion.out;
    }

    private @Nullable SourceFile file(String name) {
        for (String folder : folders) {
            @Nullable SourceFile file = files.get(SitePath.normal(folder + "/" + name));
            if (file != null) {
                return file;
            }
        }
        return null;
    }

    private static Stretch text(SourceFile file) {
        String text = Utf8.decode(file);
        List<String> lines = text.lines().toList();
        int above = FrontMatter.of(file.path(), text).lines();
        return new Stretch(file.path(), 1, lines).part(above, lines.size());
    }

    /// What `4:6`, `4`, `:6` or the name of a section stands for; empty where there is no such section.
    private static Optional<Stretch> part(Stretch text, String part) {
        int size = text.lines().size();
        Matcher range = RANGE.matcher(part);
        if (range.matches()) {
            String end = range.group(2) == null ? "" : range.group(2);
            int to = end.isEmpty() ? size : Math.min(size, Integer.parseInt(end));
            int from = range.group(1).isEmpty() ? 1 : Math.max(1, Integer.parseInt(range.group(1)));
            return Optional.of(text.part(Math.min(from - 1, to), to));
        }
        int start = mark(text.lines(), "start", part, 0);
        int end = mark(text.lines(), "end", part, start + 1);
        return start < size ? Optional.of(text.part(start + 1, end)) : Optional.empty();
    }

    private static int mark(List<String> lines, String kind, String section, int from) {
        for (int i = from; i < lines.size(); i++) {
            Matcher mark = SECTION.matcher(lines.get(i));
            if (mark.find() && mark.group(1).equals(kind) && mark.group(2).equals(section)) {
                return i;
            }
        }
        return Math.max(from, lines.size());
    }

    /// What one page includes.
    private final class Inclusion {

        private final String page;
        private final List<String> out = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final Set<String> within = new HashSet<>();
        private long size;

        Inclusion(String page) {
            this.page = page;
        }

        void take(Stretch stretch, String indent) {
            List<String> lines = stretch.lines();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                Matcher mark = MARK.matcher(line);
                if (!mark.matches()) {
                    if (!SECTION.matcher(line).find()) {
                        out.add(indent + line);
                    }
                } else if (!mark.group(2).isEmpty()) {
                    out.add(indent + line.replaceFirst(";", "")); // a page that explains snippets
                } else if (isBare(mark)) {
                    i = takeBlock(stretch, i, indent);
                } else {
                    String name = mark.group(3) == null ? mark.group(4) : mark.group(3);
                    include(name, indent + mark.group(1), stretch.part(i, i + 1));
                }
            }
        }

        /// Includes what is named up to the next mark; without one, the mark alone goes, since the rest is text.
        private int takeBlock(Stretch stretch, int start, String indent) {
            List<String> lines = stretch.lines();
            int end = start + 1;
            while (end < lines.size() && !isBare(MARK.matcher(lines.get(end)))) {
                end++;
            }
            if (end == lines.size()) {
                return start;
            }
            for (int i = start + 1; i < end; i++) {
                String line = lines.get(i);
                String name = line.strip();
                if (name.isEmpty()) {
                    out.add("");
                } else if (!name.startsWith(";")) {
                    include(name, indent + line.substring(0, line.indexOf(name)), stretch.part(i, i + 1));
                }
            }
            return end;
        }

        private static boolean isBare(Matcher mark) {
            return mark.matches() && mark.group(2).isEmpty() && mark.group(3) == null && mark.group(4) == null;
        }

        private void include(String name, String indent, Stretch from) {
            int colon = name.indexOf(':');
            SourceFile file = file(colon < 0 ? name : name.substring(0, colon));
            if (file == null) {
                missing.add(name);
                return;
            }
            if (within.contains(file.path())) {
                return; // of a circle the site, too, shows one round
            }
            if (within.size() == DEEPEST) {
                throw new FlawException(new Flaw.NestedSnippets(from.path(), from.first(), DEEPEST));
            }
            budget.unpacked(file.path(), file.content().length + 1L);
            part(text(file), colon < 0 ? "" : name.substring(colon + 1))
                    .ifPresentOrElse(found -> takeWithin(found, indent), () -> missing.add(name));
        }

        private void takeWithin(Stretch stretch, String indent) {
            size += stretch.lines().stream()
                    .mapToLong(line -> indent.length() + line.length() + 1L)
                    .sum();
            if (size > limits.pageBytes()) {
                throw new FlawException(new Flaw.TooLarge(
                        page, "is larger than " + Limits.mebibytes(limits.pageBytes()) + " with all that it includes"));
            }
            within.add(stretch.path());
            take(stretch, indent);
            within.remove(stretch.path());
        }
    }
}
