package dev.lectern.llm.extractive;

import dev.lectern.llm.Prompt.Source;
import dev.lectern.llm.extractive.Excerpt.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes a passage apart into what can be quoted: sentences, list items and lists, code and tables.
///
/// What is written to a model instead of a reader is left out, with the rest of its block.
final class Excerpts {

    /// So far apart are the places of neighbours in different blocks.
    private static final int GAP = 10;

    /// The place of a passage's first sentence.
    static final int FIRST = GAP;

    private static final Pattern ENDED = Pattern.compile("[.!?…][\"'”’)\\]`*_]*$");

    private final Source source;
    private final List<Excerpt> found = new ArrayList<>();
    private int position;

    /// The last sentence where it ends with a colon: what follows belongs to it.
    private String lead = "";

    private final Abbreviations abbreviations;

    private Excerpts(Source source, Abbreviations abbreviations) {
        this.source = source;
        this.abbreviations = abbreviations;
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
            case PROSE -> addProse(String.join(" ", block.lines()));
            case BULLETS -> addItems(block, Form.LIST);
            case NUMBERED -> addItems(block, Form.STEPS);
            case CODE -> addWhole(block, Form.CODE);
            case TABLE -> addWhole(block, Form.TABLE);
        }
    }

    private void addProse(String paragraph) {
        lead = "";
        for (String sentence : Sentences.of(paragraph)) {
            if (Orders.in(sentence)) {
                return;
            }
            if (sentence.endsWith(":")) {
                lead = sentence;
            } else if (!isLabel(sentence)) {
                lead = "";
                found.add(excerpt(position++, Form.SENTENCE, "", List.of(sentence)));
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
            found.add(excerpt(position, form, lead, items));
        }
        for (String item : items) {
            if (!item.endsWith(":") && item.contains(" ") && !(form == Form.STEPS && items.size() == 1)) {
                String sentence = ENDED.matcher(item).find() ? item : item + ".";
                found.add(excerpt(position, Form.ITEM, "", List.of(sentence)));
            }
            position++;
        }
        lead = "";
    }

    private void addWhole(Block block, Form form) {
        if (block.lines().stream().noneMatch(Orders::in)) {
            found.add(excerpt(position, form, lead, block.lines()));
        }
        lead = "";
    }

    private Excerpt excerpt(int place, Form form, String introduction, List<String> lines) {
        String text = introduction + "\n" + String.join("\n", lines);
        return new Excerpt(
                source, place, form, introduction, List.copyOf(lines), abbreviations.expand(Terms.content(text)));
    }

    /// A picture's place-holder or a bare heading says nothing by itself.
    private static boolean isLabel(String sentence) {
        return (sentence.startsWith("[") && sentence.endsWith("]"))
                || (!ENDED.matcher(sentence).find() && sentence.split("\\s+", 5).length < 4);
    }
}
