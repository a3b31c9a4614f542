package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;

/// Cuts a page into excerpts: one for each section where its size allows, several for a long one, one for several
/// tiny ones that follow each other.
final class Splitter {

    /// Words that an excerpt has at most, unless a block of code or a table needs more to stay whole.
    static final int LARGEST = 200;

    /// Code and tables are cut from this size on.
    static final int LARGEST_BLOCK = 350;

    /// Below this a section says too little on its own.
    static final int SMALLEST = 45;

    /// Below this a last section is added to the one before it.
    private static final int TINY = 25;

    private Splitter() {}

    static List<Excerpt> split(List<Section> sections) {
        List<Excerpt> excerpts = new ArrayList<>();
        for (List<Section> group : groups(sections)) {
            if (group.size() == 1) {
                Section section = group.getFirst();
                SectionCutter.cut(section.pieces())
                        .forEach(text -> excerpts.add(new Excerpt(section.path(), section.anchor(), text)));
            } else {
                excerpts.add(merged(group));
            }
        }
        return excerpts;
    }

    private static List<List<Section>> groups(List<Section> sections) {
        List<List<Section>> groups = new ArrayList<>();
        for (Section section : sections) {
            List<Section> last = groups.isEmpty() ? List.of() : groups.getLast();
            int before = size(last);
            boolean fits = before + section.size() <= LARGEST;
            boolean introduction =
                    last.size() == 1 && isIntroduction(last.getFirst(), section) && section.size() > before;
            if (introduction && before < SMALLEST) {
                groups.set(groups.size() - 1, new ArrayList<>(List.of(introduced(last.getFirst(), section))));
            } else if (!last.isEmpty() && before < SMALLEST && fits) {
                last.add(section);
            } else {
                groups.add(new ArrayList<>(List.of(section)));
            }
        }
        joinTinyEnd(groups);
        return groups;
    }

    private static void joinTinyEnd(List<List<Section>> groups) {
        if (groups.size() < 2 || size(groups.getLast()) >= TINY) {
            return;
        }
        List<Section> before = groups.get(groups.size() - 2);
        if (size(before) + size(groups.getLast()) <= LARGEST) {
            before.addAll(groups.removeLast());
        }
    }

    /// Whether the first is what stands above the second's own heading.
    private static boolean isIntroduction(Section first, Section second) {
        return second.path().size() > first.path().size()
                && second.path().subList(0, first.path().size()).equals(first.path());
    }

    private static Section introduced(Section introduction, Section section) {
        List<Piece> pieces = new ArrayList<>(introduction.pieces());
        pieces.addAll(section.pieces());
        return new Section(section.path(), section.anchor(), pieces);
    }

    /// Headings that are not above all of it become lines of its text.
    private static Excerpt merged(List<Section> group) {
        int common = group.stream()
                .map(section -> common(group.getFirst().path(), section.path()))
                .min(Integer::compare)
                .orElse(0);
        StringBuilder text = new StringBuilder();
        List<String> above = group.getFirst().path().subList(0, common);
        for (Section section : group) {
            List<String> path = section.path();
            List<String> own = path.subList(Math.min(path.size(), common(above, path)), path.size());
            text.append(text.isEmpty() ? "" : "\n\n");
            own.forEach(title -> text.append(title).append('\n'));
            text.append(SectionCutter.join(section.pieces()));
            above = path;
        }
        return new Excerpt(
                List.copyOf(group.getFirst().path().subList(0, common)),
                group.getFirst().anchor(),
                text.toString());
    }

    private static int common(List<String> one, List<String> other) {
        int length = 0;
        while (length < Math.min(one.size(), other.size()) && one.get(length).equals(other.get(length))) {
            length++;
        }
        return length;
    }

    private static int size(List<Section> group) {
        return group.stream().mapToInt(Section::size).sum();
    }
}
