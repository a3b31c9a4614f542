package dev.lectern.book.manuscript;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.jspecify.annotations.Nullable;

/// Takes [attribute lists](https://python-markdown.github.io/extensions/attr_list/) such as `{: #id .class }` out of a
/// page: after an element, at the end of a heading or cell, and in a line of their own.
///
/// The extension takes any word in braces for an attribute. Here it has to look like one, so that no text is lost.
final class AttributeLists extends AbstractVisitor {

    /// Possessive: a line of any length costs no more than its length.
    static final String LIST = "\\{(?::[^{}\\n]*+|[ ]*+(?:[.#][^\\s{}=]++"
            + "|[A-Za-z_][\\w:.-]*+=(?:\"[^\"\\n]*+\"|'[^'\\n]*+'|[^\\s{}]++))(?:[ ]++[^{}\\n]*+)?+)}";

    private static final Pattern AT_START = Pattern.compile(LIST);
    private static final Pattern WHOLE = Pattern.compile("\\s*+" + LIST + "\\s*+");
    private static final Pattern AFTER_TITLE = Pattern.compile("[\\s#]++$");
    private static final Pattern ID = Pattern.compile("[{:\\s](?:#([^\\s}]++)|id=[\"']?+([^\\s\"'}]++)[\"']?+)");
    private static final Pattern QUOTED = Pattern.compile("(?<!\\bid)=(?:\"[^\"]*+\"|'[^']*+')");

    private final Map<Node, String> ids = new HashMap<>();

    private AttributeLists() {}

    /// The ids that were in the lists, by the elements that have them.
    static Map<Node, String> take(Node document) {
        AttributeLists lists = new AttributeLists();
        document.accept(lists);
        return lists.ids;
    }

    @Override
    public void visit(Text text) {
        @Nullable Node before = text.getPrevious();
        if (before instanceof Link
                || before instanceof Image
                || before instanceof Code
                || before instanceof Emphasis
                || before instanceof StrongEmphasis) {
            takeAtStart(text, before);
        }
        @Nullable Node parent = text.getParent();
        if (text.getNext() != null || parent == null) {
            return;
        }
        if (parent instanceof Heading || parent instanceof TableCell) {
            takeAtEnd(text, parent);
        } else if (parent instanceof Paragraph
                && (before == null || before instanceof SoftLineBreak)
                && WHOLE.matcher(text.getLiteral()).matches()) {
            note(parent, text.getLiteral());
            text.unlink();
            if (before == null) {
                parent.unlink();
            } else {
                before.unlink();
            }
        }
    }

    private void takeAtStart(Text text, Node element) {
        Matcher list = AT_START.matcher(text.getLiteral());
        if (list.lookingAt()) {
            note(element, list.group());
            text.setLiteral(text.getLiteral().substring(list.end()));
        }
    }

    private void takeAtEnd(Text text, Node block) {
        String literal = text.getLiteral();
        int open = literal.lastIndexOf('{');
        if (open >= 0 && WHOLE.matcher(literal.substring(open)).matches()) {
            note(block, literal.substring(open));
            String title = literal.substring(0, open);
            text.setLiteral(
                    block instanceof Heading ? AFTER_TITLE.matcher(title).replaceAll("") : title.stripTrailing());
        }
    }

    private void note(Node element, String list) {
        Matcher id = ID.matcher(QUOTED.matcher(list).replaceAll("="));
        while (id.find()) {
            ids.put(element, id.group(1) == null ? id.group(2) : id.group(1));
        }
    }
}
