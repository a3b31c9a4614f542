package dev.lectern.book.manuscript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;

/// The Markdown of MkDocs: that of [Python-Markdown](https://python-markdown.github.io) with the extensions that books
/// commonly use.
final class PythonMarkdown implements Dialect {

    private final TocSlug slug;

    PythonMarkdown(TocSlug slug) {
        this.slug = slug;
    }

    @Override
    public boolean isMdx() {
        return false;
    }

    @Override
    public List<String> simplified(List<String> lines) {
        return lines;
    }

    @Override
    public Map<Node, String> anchors(Node document) {
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
