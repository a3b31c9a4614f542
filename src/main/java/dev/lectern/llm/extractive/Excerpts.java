package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.extractive.Excerpt.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Takes a passage apart into what can be quoted: sentences, list items and lists, code and tables.
///
/// What is written to a model instead of a reader is left out, with the rest of its block.
final class Excerpts {

    /// So far apart are the places of neighbours in different blocks.
    private static final int GAP = 10;

    /// A line that heads what follows is shorter than a line of a wrapped paragraph.
    private static final int LABEL_CHARACTERS = 60;
    private static final int LABEL_WORDS = 9;

    private static final Pattern ENDED = Pattern.compile("[.!?…][\"'”’)\\]`*_]*$");

    private final Source source;
    private final Abbreviations abbreviations;
    private final List<Excerpt> found = new ArrayList<>();
    private int position;
    private Heading heading;
    private boolean opens = true;

    /// The last sentence where it ends with a colon: what follows belongs to it.
    private String lead = "";

    private Excerpts(Source source, Abbreviations abbreviations) {
        this.source = source;
        this.abbreviations = abbreviations;
        this.heading = Heading.of(source, abbreviations);
    }

    static List<Excerpt> of(Source source, Abbreviations abbreviations) {
        var excerpts = new Excerpts(source, abbreviations);
        for (Block block : Block.of(source.text())) {
            excerpts.add(block);
        }
        return excerpts.found;
    }

    private void add(Block block) {
        position += GAP;
        switch (block.form()) {
            case PROSE -> addLines(block.lines());
            case BULLETS -> addItems(block, Form.LIST);
            case NUMBERED -> addItems(block, Form.STEPS);
            case CODE -> addWhole(block, Form.CODE);
            case TABLE -> addWhole(block, Form.TABLE);
        }
    }

    private void addLines(List<String> lines) {
        var paragraph = new StringBuilder();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (isLabel(line) && (i + 1 == lines.size() || startsHigh(lines.get(i + 1)))) {
                addParagraph(paragraph.toString());
                paragraph.setLength(0);
                heading = heading.below(line, abbreviations);
                opens = true;
                lead = "";
            } else {
                paragraph.append(line).append(' ');
            }
        }
        addParagraph(paragraph.toString());
    }

    private void addParagraph(String paragraph) {
        for (String sentence : Sentences.of(paragraph)) {
            if (Orders.in(sentence)) {
                return;
            }
            if (sentence.endsWith(":")) {
                lead = sentence;
            } else if (!isPlaceHolder(sentence)) {
                lead = "";
                add(Form.SENTENCE, List.of(sentence));
                position++;
            }
        }
    }

    private void addItems(Block block, Form form) {
        List<String> items = new ArrayList<>();
        for (String item : block.lines()) {
            if (Orders.in(item)) {
                break;
            }
            items.add(item);
        }
        if (items.size() > 1) {
            add(form, items);
        }
        lead = "";
        for (String item : items) {
            if (!item.endsWith(":") && item.contains(" ") && !(form == Form.STEPS && items.size() == 1)) {
                add(Form.ITEM, List.of(ENDED.matcher(item).find() ? item : item + "."));
            }
            position++;
        }
    }

    private void addWhole(Block block, Form form) {
        if (block.lines().stream().noneMatch(Orders::in)) {
            add(form, block.lines());
        }
        lead = "";
    }

    private void add(Form form, List<String> lines) {
        Set<String> terms = abbreviations.expand(Terms.content(lead + "\n" + String.join("\n", lines)));
        found.add(new Excerpt(source, heading, position, opens, form, lead, List.copyOf(lines), terms));
        opens = false;
    }

    private static boolean isLabel(String line) {
        return line.length() < LABEL_CHARACTERS
                && startsHigh(line)
                && !line.matches(".*[.!?:;,…]")
                && line.split("\\s+", -1).length <= LABEL_WORDS;
    }

    private static boolean startsHigh(String line) {
        return Character.isUpperCase(line.charAt(0)) || Character.isDigit(line.charAt(0));
    }

    /// Stands for a picture, and says nothing by itself.
    private static boolean isPlaceHolder(String sentence) {
        return sentence.startsWith("[") && sentence.endsWith("]");
    }
}
