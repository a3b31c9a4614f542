package dev.lectern.book.manuscript;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.Text;

/// The Markdown of GitHub and of Docusaurus, whose pages may be MDX.
final class GitHubMarkdown implements Dialect {

    private static final Pattern CUSTOM_ID = Pattern.compile("\\{\\s*+:?+\\s*+#([^\\s}]++)[^}]*+}");

    private final boolean mdx;
    private final Definitions footnotes = Definitions.ofGitHub();

    GitHubMarkdown(boolean mdx) {
        this.mdx = mdx;
    }

    @Override
    public boolean isMdx() {
        return mdx;
    }

    @Override
    public List<String> simplified(List<String> lines) {
        return footnotes.paragraphs(ModuleStatements.strip(lines));
    }

    @Override
    public Map<Node, String> anchors(Node document) {
        Map<Node, String> anchors = new HashMap<>();
        Slugger slugger = new Slugger();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(Text text) {
                text.setLiteral(footnotes.withoutReferences(text.getLiteral()));
            }

            @Override
            public void visit(Heading heading) {
                visitChildren(heading);
                Optional<String> custom = takeCustomId(heading);
                anchors.put(heading, custom.orElseGet(() -> slugger.anchor(PlainText.title(heading))));
            }
        });
        return anchors;
    }

    private static Optional<String> takeCustomId(Heading heading) {
        if (heading.getLastChild() instanceof Text text) {
            String title = text.getLiteral().stripTrailing();
            int open = Math.max(0, title.lastIndexOf('{'));
            Matcher id = CUSTOM_ID.matcher(title).region(open, title.length());
            if (id.matches()) {
                text.setLiteral(title.substring(0, open).stripTrailing());
                return Optional.of(id.group(1));
            }
        }
        return Optional.empty();
    }
}
