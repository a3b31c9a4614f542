package dev.lectern.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.parser.Parser;

/// What a browser would run of a Markdown text that is shown by a renderer which lets HTML through.
public final class LiveMarkup {

    private static final List<Parser> PARSERS = List.of(
            Parser.builder().build(),
            Parser.builder().extensions(List.of(TablesExtension.create())).build());

    /// As browsers read it: what stands before it, and tabs and ends of lines within it, do not count.
    private static final Pattern SCHEME = Pattern.compile("^[\\p{Cntrl}\\s]*([a-z][a-z0-9+.-]*):");

    private LiveMarkup() {}

    /// The addresses of its images, which a browser fetches unasked.
    public static List<String> imagesIn(String markdown) {
        List<String> images = new ArrayList<>();
        for (Parser parser : PARSERS) {
            parser.parse(markdown).accept(new AbstractVisitor() {
                @Override
                public void visit(Image image) {
                    images.add(image.getDestination());
                }
            });
        }
        return images;
    }

    /// Its tags, and targets of links with a scheme that may run code.
    public static List<String> in(String markdown) {
        List<String> live = new ArrayList<>();
        for (Parser parser : PARSERS) {
            parser.parse(markdown).accept(new AbstractVisitor() {
                @Override
                public void visit(HtmlInline html) {
                    live.add(html.getLiteral());
                }

                @Override
                public void visit(HtmlBlock html) {
                    live.add(html.getLiteral());
                }

                @Override
                public void visit(Link link) {
                    add(link.getDestination());
                    visitChildren(link);
                }

                @Override
                public void visit(Image image) {
                    add(image.getDestination());
                    visitChildren(image);
                }

                private void add(String target) {
                    Matcher scheme =
                            SCHEME.matcher(target.replaceAll("[\\t\\n\\r]", "").toLowerCase(Locale.ROOT));
                    if (scheme.find() && !List.of("http", "https", "mailto").contains(scheme.group(1))) {
                        live.add(target);
                    }
                }
            });
        }
        return live;
    }
}
