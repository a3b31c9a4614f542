package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.LinkReferenceDefinition;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.markdown.MarkdownRenderer;
import org.jspecify.annotations.Nullable;

/// Makes a page safe to be shown by any Markdown renderer, also one that lets HTML through.
final class SafeMarkdown {

    private static final Set<String> SAFE_SCHEMES = Set.of("http", "https", "mailto", "tel");
    private static final Pattern TAG = Pattern.compile("<!--.*?-->|</?[A-Za-z!?][^>]*>?", Pattern.DOTALL);
    private static final Parser PARSER =
            Parser.builder().extensions(List.of(TablesExtension.create())).build();
    private static final MarkdownRenderer RENDERER = MarkdownRenderer.builder()
            .extensions(List.of(TablesExtension.create()))
            .build();

    private SafeMarkdown() {}

    static String render(Node document) {
        String shown = RENDERER.render(document).replaceFirst("^\\n+", "").stripTrailing();
        // The renderer escapes no bracket that was text before, though what stands around it may have changed.
        return holdsHtml(shown) ? shown.replace("<", "&lt;") : shown;
    }

    private static boolean holdsHtml(String markdown) {
        boolean[] found = new boolean[1];
        PARSER.parse(markdown).accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlInline html) {
                found[0] = true;
            }

            @Override
            public void visit(HtmlBlock html) {
                found[0] = true;
            }
        });
        return found[0];
    }

    /// Takes out raw HTML and links that run code; what the author's links point to is passed through `links`.
    static void clean(Node document, UnaryOperator<String> links) {
        List<Node> unwanted = new ArrayList<>();
        document.accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlInline html) {
                unwanted.add(html);
            }

            @Override
            public void visit(HtmlBlock html) {
                String text = TAG.matcher(html.getLiteral()).replaceAll(" ").strip();
                if (!text.isEmpty()) {
                    Paragraph paragraph = new Paragraph();
                    paragraph.appendChild(new Text(text.replaceAll("\\s+", " ")));
                    html.insertBefore(paragraph);
                }
                unwanted.add(html);
            }

            @Override
            public void visit(LinkReferenceDefinition definition) {
                unwanted.add(definition);
            }

            @Override
            public void visit(FencedCodeBlock code) {
                String info = code.getInfo() == null ? "" : code.getInfo().strip();
                code.setInfo(StorableText.of(info.split("[\\s{]", 2)[0]));
            }

            @Override
            public void visit(IndentedCodeBlock code) {
                // Between fences nothing depends on blanks at the beginnings of lines.
                FencedCodeBlock fenced = new FencedCodeBlock();
                fenced.setLiteral(code.getLiteral());
                code.insertBefore(fenced);
                unwanted.add(code);
            }

            @Override
            public void visit(Text text) {
                text.setLiteral(StorableText.of(text.getLiteral()));
            }

            @Override
            public void visit(Link link) {
                link.setDestination(StorableText.of(safe(links.apply(link.getDestination()))));
                link.setTitle(storable(link.getTitle()));
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                image.setDestination(StorableText.of(safe(image.getDestination())));
                image.setTitle(storable(image.getTitle()));
                visitChildren(image);
            }
        });
        unwanted.forEach(Node::unlink);
    }

    private static @Nullable String storable(@Nullable String title) {
        return title == null ? null : StorableText.of(title);
    }

    /// The destination, or `#` where its scheme may run code. Browsers ignore blanks and control characters in a
    /// scheme.
    static String safe(String destination) {
        String visible = destination.replaceAll("[\\p{Cntrl}\\s\\p{Cf}]", "");
        int colon = visible.indexOf(':');
        int path = firstOf(visible, "/?#");
        if (colon < 0 || (path >= 0 && path < colon)) {
            return destination;
        }
        return SAFE_SCHEMES.contains(visible.substring(0, colon).toLowerCase(Locale.ROOT)) ? destination : "#";
    }

    private static int firstOf(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return -1;
    }
}
