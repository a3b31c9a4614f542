package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Takes a page apart: its dialect becomes CommonMark, which becomes sections of plain text and safe Markdown.
final class PageParser {

    private static final int DEEPEST_BLOCKS = 100;
    private static final Parser MARKDOWN = parser(true);
    private static final Parser MDX = parser(false);

    private PageParser() {}

    /// @param text without front matter
    /// @param given the title that the front matter gives
    /// @param dialect what the page is written in
    /// @param links says where the page's links really lead
    static ParsedPage parse(
            String path, String text, Optional<String> given, Dialect dialect, UnaryOperator<String> links) {
        try {
            List<String> lines = dialect.simplified(text.lines().toList());
            lines = Admonitions.quote(TagStripper.strip(lines, dialect.isMdx()));
            Node document = (dialect.isMdx() ? MDX : MARKDOWN).parse(String.join("\n", lines));
            SafeMarkdown.clean(document, links);
            return takeApart(document, given, dialect.anchors(document));
        } catch (StackOverflowError e) { // the parser recurses as deeply as the author nests
            throw new FlawException(new Flaw.TooDeep(path));
        }
    }

    private static ParsedPage takeApart(Node document, Optional<String> given, Map<Node, String> anchors) {
        Map<Node, Heading> headings = headings(document, anchors);
        Node first = document.getFirstChild();
        @Nullable Heading opening = first == null ? null : headings.get(first);
        boolean opensWithTitle = opening != null && opening.level() == 1;
        Optional<String> title = headings.values().stream()
                .filter(heading -> heading.level() == 1)
                .map(Heading::title)
                .filter(each -> !each.isBlank())
                .findFirst();
        String shown = SafeMarkdown.render(document);
        if (first != null && opensWithTitle) {
            boolean repeats = given.isEmpty() || given.equals(title);
            headings.remove(first);
            first.unlink();
            shown = repeats ? SafeMarkdown.render(document) : shown;
        }
        return new ParsedPage(
                title,
                shown,
                headings.values().stream()
                        .filter(each -> !each.title().isBlank())
                        .toList(),
                sections(document, headings));
    }

    private static List<Section> sections(Node document, Map<Node, Heading> headings) {
        List<Section> sections = new ArrayList<>();
        List<Heading> path = new ArrayList<>();
        List<Piece> pieces = new ArrayList<>();
        String anchor = "";
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            Heading heading = headings.get(node);
            if (heading == null) {
                pieces.addAll(PlainText.pieces(node));
                continue;
            }
            sections.add(new Section(titles(path), anchor, List.copyOf(pieces)));
            pieces.clear();
            path.removeIf(above -> above.level() >= heading.level());
            path.add(heading);
            anchor = heading.anchor();
        }
        sections.add(new Section(titles(path), anchor, List.copyOf(pieces)));
        sections.removeIf(section -> section.pieces().isEmpty());
        return sections;
    }

    private static List<String> titles(List<Heading> path) {
        return path.stream().map(Heading::title).filter(each -> !each.isBlank()).toList();
    }

    /// All headings in the order of the text.
    private static Map<Node, Heading> headings(Node document, Map<Node, String> anchors) {
        Map<Node, Heading> headings = new LinkedHashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.Heading node) {
                String anchor = anchors.getOrDefault(node, "");
                headings.put(node, new Heading(node.getLevel(), PlainText.title(node), anchor));
            }
        });
        return headings;
    }

    private static Parser parser(boolean indentedCode) {
        Parser.Builder builder =
                Parser.builder().extensions(List.of(TablesExtension.create())).maxOpenBlockParsers(DEEPEST_BLOCKS);
        if (!indentedCode) {
            builder.enabledBlockTypes(Set.of(
                    org.commonmark.node.Heading.class,
                    HtmlBlock.class,
                    ThematicBreak.class,
                    FencedCodeBlock.class,
                    BlockQuote.class,
                    ListBlock.class));
        }
        return builder.build();
    }
}
