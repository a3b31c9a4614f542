package dev.lectern.book.manuscript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;

/// The Markdown of MkDocs: that of [Python-Markdown](https://python-markdown.github.io) with the extensions that books
/// commonly use.
final class PythonMarkdown implements Dialect {

    private static final int TAB = 4;

    /// An [icon](https://squidfunk.github.io/mkdocs-material/reference/icons-emojis/) of Material for MkDocs.
    private static final Pattern ICON = Pattern.compile(
            ":(?:material|fontawesome|octicons|simple)-[a-z0-9-]++:(?:" + AttributeLists.LIST + ")?+ ?+");

    private static final String TABLE_OF_CONTENTS = "[TOC]";

    private final TocSlug slug;
    private final UnaryOperator<List<String>> snippets;
    private final Definitions definitions = Definitions.ofPythonMarkdown();

    /// @param snippets puts into the lines of the page what they include
    PythonMarkdown(TocSlug slug, UnaryOperator<List<String>> snippets) {
        this.slug = slug;
        this.snippets = snippets;
    }

    @Override
    public boolean isMdx() {
        return false;
    }

    @Override
    public List<String> simplified(List<String> lines) {
        List<String> untabbed =
                snippets.apply(lines).stream().map(PythonMarkdown::untabbed).toList();
        return Abbreviations.paragraphs(definitions.paragraphs(ApiReferences.without(untabbed)));
    }

    /// The line indented by blanks alone: what is inside of what is told by counting them.
    private static String untabbed(String line) {
        int end = line.length() - line.stripLeading().length();
        if (line.lastIndexOf('\t', end) < 0) {
            return line;
        }
        int column = 0;
        for (int i = 0; i < end; i++) {
            column += line.charAt(i) == '\t' ? TAB - column % TAB : 1;
        }
        return " ".repeat(column) + line.substring(end);
    }

    @Override
    public Map<Node, String> anchors(Node document) {
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                String visible = ICON.matcher(text.getLiteral()).replaceAll("");
                text.setLiteral(definitions.withoutReferences(visible));
            }

            @Override
            public void visit(Paragraph paragraph) {
                visitChildren(paragraph);
                if (PlainText.inline(paragraph).equals(TABLE_OF_CONTENTS)) {
                    paragraph.unlink();
                }
            }
        });
        Map<Node, String> given = AttributeLists.take(document);
        TocAnchors made = new TocAnchors(slug, given.values());
        Map<Node, String> anchors = new HashMap<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Heading heading) {
                String id = given.get(heading);
                anchors.put(heading, id == null ? made.anchor(PlainText.withoutImages(heading)) : id);
            }
        });
        return anchors;
    }
}
