package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Block;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;

/// What a reader sees of Markdown, without its marks.
final class PlainText {

    private PlainText() {}

    /// The text of a heading, a paragraph or a cell, in one line unless the author broke it.
    static String inline(Node node) {
        Inline inline = new Inline(true);
        node.accept(inline);
        return inline.text.toString().strip();
    }

    /// The same without what stands for images.
    static String withoutImages(Node node) {
        Inline inline = new Inline(false);
        node.accept(inline);
        return inline.text.toString().strip();
    }

    /// The text of a heading, in one line.
    static String title(Node heading) {
        return inline(heading).replace('\n', ' ');
    }

    /// The pieces of a block, in order; none where nothing is to be read.
    static List<Piece> pieces(Node block) {
        List<Piece> pieces = new ArrayList<>();
        add(pieces, block, "");
        return pieces;
    }

    private static void add(List<Piece> pieces, Node node, String indent) {
        switch (node) {
            case FencedCodeBlock code ->
                addText(pieces, Piece.Kind.CODE, code.getLiteral().stripTrailing());
            case IndentedCodeBlock code ->
                addText(pieces, Piece.Kind.CODE, code.getLiteral().stripTrailing());
            case TableBlock table -> addText(pieces, Piece.Kind.TABLE, table(table));
            case ListBlock list -> addList(pieces, list, indent);
            case BlockQuote quote -> addChildren(pieces, quote, indent);
            case Block block ->
                addText(pieces, indent.isEmpty() ? Piece.Kind.PROSE : Piece.Kind.ITEM, prefixed(indent, inline(block)));
            default -> {}
        }
    }

    private static void addChildren(List<Piece> pieces, Node parent, String indent) {
        for (Node child = parent.getFirstChild(); child != null; child = child.getNext()) {
            add(pieces, child, indent);
        }
    }

    private static void addList(List<Piece> pieces, ListBlock list, String indent) {
        int number = list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? ordered.getMarkerStartNumber()
                : 1;
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            String mark = list instanceof OrderedList ? number++ + ". " : "- ";
            if (item instanceof ListItem) {
                addItem(pieces, item, indent, mark);
            }
        }
    }

    private static void addItem(List<Piece> pieces, Node item, String indent, String mark) {
        Node first = item.getFirstChild();
        if (first instanceof Block block
                && !(block instanceof ListBlock)
                && !inline(first).isEmpty()) {
            addText(pieces, Piece.Kind.ITEM, indent + mark + inline(first));
            first = first.getNext();
        }
        for (Node child = first; child != null; child = child.getNext()) {
            add(pieces, child, indent + "  ");
        }
    }

    private static String table(TableBlock table) {
        List<String> rows = new ArrayList<>();
        table.accept(new AbstractVisitor() {
            @Override
            public void visit(org.commonmark.node.CustomNode node) {
                if (node instanceof TableRow) {
                    rows.add(row(node));
                } else {
                    visitChildren(node);
                }
            }
        });
        return String.join("\n", rows);
    }

    private static String row(Node row) {
        List<String> cells = new ArrayList<>();
        for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
            if (cell instanceof TableCell) {
                cells.add(inline(cell).replace('\n', ' '));
            }
        }
        return String.join(" | ", cells).strip();
    }

    private static String prefixed(String indent, String text) {
        return text.isEmpty() ? "" : indent + text;
    }

    private static void addText(List<Piece> pieces, Piece.Kind kind, String text) {
        if (!text.isBlank()) {
            pieces.add(new Piece(kind, text));
        }
    }

    private static final class Inline extends AbstractVisitor {

        private final StringBuilder text = new StringBuilder();
        private final boolean images;

        Inline(boolean images) {
            this.images = images;
        }

        @Override
        public void visit(Text node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(Code node) {
            text.append(node.getLiteral());
        }

        @Override
        public void visit(SoftLineBreak node) {
            text.append(' ');
        }

        @Override
        public void visit(HardLineBreak node) {
            text.append('\n');
        }

        @Override
        public void visit(Image node) {
            if (images) {
                visitChildren(node);
            }
        }
    }
}
