package dev.lectern.llm.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/// A paragraph, list, table or piece of code.
///
/// @param lines what it is made of, without the marks of lists and fences
record Block(Form form, List<String> lines) {

    enum Form {
        PROSE,
        BULLETS,
        NUMBERED,
        CODE,
        TABLE
    }

    private static final Pattern BULLET = Pattern.compile("^\\s*[-*+•–]\\s+(.*)$");
    private static final Pattern NUMBER = Pattern.compile("^\\s*\\d{1,2}[.)]\\s+(.*)$");
    private static final Pattern RULE = Pattern.compile("^[\\s|:+-]*-{2,}[\\s|:+-]*$");

    /// What code has and prose has not; passages may have lost the fences around their code.
    private static final Pattern CODE_LINE = Pattern.compile("""
            (?x)
            ^(?:\\t|\\ {3,})\\S
            | [;{}]\\s*$ | ^\\s*[})\\]]+[,;]?$ | ^\\s*(?:if|for|while|with|switch|case|try|else)\\b.*[:{]\\s*$
            | ^\\s*(?:\\#|//|/\\*|--\\ |<\\w|</|<\\?|@\\w|\\$\\ ) | [├└│↓↑]
            | ^\\s*(?:[\\w<>\\[\\]]+\\s+)?[\\w.\\[\\]]+\\s*[-+*/]?=\\s*\\S | ^\\s*[\\w.]+\\([^)]*\\)\\s*$ | \\s--?[A-Za-z][\\w-]*(?:\\s|$)
            | \\\\$ | ;\\s*(?://|\\#) | ^\\s*["{\\[].*[,{\\[\\]}]\\s*$ | ^\\s*"\\w+"\\s*: | ^\\s*(?:\\./|bin/)\\S
            | ^\\s*(?:import|from)\\s+[\\w.{},*\\ ]+(?:\\s(?:import|as|from)\\s.*|;?\\s*)$
            | ^\\s*(?:def|class|public|private|static|const|let|var|void|return)\\s+[\\w<>]+.*[:;,({)}\\]]\\s*$
            | ^\\s*(?:sudo|pip3?|apt|apt-get|git|docker|curl|wget|npm|mvn|cd|mkdir|export|conda|ros2|colcon|source)
                \\s+[\\w./~-]+[^.?!]*$
            | ^(?:FROM|RUN|COPY|WORKDIR|SELECT|INSERT|UPDATE|CREATE|ALTER|SET)\\s
            """);

    /// Words as only a sentence has them, whatever identifiers stand beside them.
    private static final Pattern WORDING = Pattern.compile("(?<!\\S)(?:\\p{L}[\\p{L}'’]*+,?+ ){4}\\p{L}");
    /// A row of a diagram.
    private static final Pattern ARROWS = Pattern.compile("[\\s↓↑→←|+─-]*[↓↑][\\s↓↑→←|+─-]*");

    static List<Block> of(String text) {
        List<Block> blocks = new ArrayList<>();
        List<String> paragraph = new ArrayList<>();
        List<String> fenced = new ArrayList<>();
        boolean inFence = false;
        for (String line : text.lines().toList()) {
            if (line.strip().startsWith("```") || line.strip().startsWith("~~~")) {
                add(blocks, inFence ? fenced : paragraph, inFence);
                inFence = !inFence;
            } else if (inFence) {
                fenced.add(line.stripTrailing());
            } else if (line.isBlank()) {
                add(blocks, paragraph, false);
            } else {
                paragraph.add(line.stripTrailing());
            }
        }
        add(blocks, fenced, true);
        add(blocks, paragraph, false);
        return joined(blocks);
    }

    private static void add(List<Block> blocks, List<String> lines, boolean code) {
        if (code && !lines.isEmpty()) {
            blocks.add(new Block(Form.CODE, List.copyOf(lines)));
        } else if (!lines.isEmpty()) {
            addParagraph(blocks, lines);
        }
        lines.clear();
    }

    private static void addParagraph(List<Block> blocks, List<String> lines) {
        if (isCode(lines)) {
            blocks.add(new Block(Form.CODE, List.copyOf(lines)));
            return;
        }
        Form form = Form.PROSE;
        List<String> run = new ArrayList<>();
        for (String line : lines) {
            Form next = form(line, form);
            if (next != form && !run.isEmpty()) {
                blocks.add(new Block(form, List.copyOf(run)));
                run.clear();
            }
            form = next;
            append(run, form, line);
        }
        if (!run.isEmpty()) {
            blocks.add(new Block(form, List.copyOf(run)));
        }
    }

    private static Form form(String line, Form before) {
        if (BULLET.matcher(line).matches()) {
            // Points below a step belong to its list.
            return before == Form.NUMBERED && line.startsWith(" ") ? Form.NUMBERED : Form.BULLETS;
        }
        if (NUMBER.matcher(line).matches()) {
            return Form.NUMBERED;
        }
        if (line.contains(" | ") || line.startsWith("|")) {
            return Form.TABLE;
        }
        boolean continues = line.startsWith(" ") && (before == Form.BULLETS || before == Form.NUMBERED);
        return continues ? before : Form.PROSE;
    }

    private static void append(List<String> run, Form form, String line) {
        switch (form) {
            case BULLETS, NUMBERED -> {
                var number = NUMBER.matcher(line);
                var bullet = BULLET.matcher(line);
                if (number.matches()) {
                    run.add(number.group(1).strip());
                } else if (bullet.matches() && form == Form.BULLETS) {
                    run.add(bullet.group(1).strip());
                } else if (bullet.matches()) {
                    String step = run.removeLast();
                    run.add(step
                            + (step.endsWith(":") ? " " : "; ")
                            + bullet.group(1).strip());
                } else {
                    run.set(run.size() - 1, run.getLast() + " " + line.strip());
                }
            }
            case TABLE -> {
                if (!RULE.matcher(line).matches()) {
                    run.add(row(line));
                }
            }
            case PROSE, CODE -> run.add(line.strip());
        }
    }

    private static String row(String line) {
        String cells = line.strip().replaceAll("^\\||\\|$", "");
        return "| "
                + String.join(
                        " | ",
                        Arrays.stream(cells.split("\\|", -1)).map(String::strip).toList()) + " |";
    }

    private static boolean isCode(List<String> lines) {
        long code = lines.stream()
                .filter(l -> CODE_LINE.matcher(l).find() && !isListed(l) && !isWorded(l))
                .count();
        return code * 10 >= lines.size() * 6L
                || lines.stream().anyMatch(l -> ARROWS.matcher(l).matches());
    }

    private static boolean isWorded(String line) {
        return line.matches("[^\\s#/<-].*[.!?:]") && WORDING.matcher(line).find();
    }

    private static boolean isListed(String line) {
        return BULLET.matcher(line).matches() || NUMBER.matcher(line).matches() || line.contains(" | ");
    }

    /// A list whose points stand apart, and code with empty lines in it, is one block.
    private static List<Block> joined(List<Block> blocks) {
        List<Block> joined = new ArrayList<>();
        for (Block block : blocks) {
            if (!joined.isEmpty()
                    && block.form != Form.PROSE
                    && block.form != Form.TABLE
                    && joined.getLast().form == block.form) {
                List<String> lines = new ArrayList<>(joined.removeLast().lines);
                if (block.form == Form.CODE) {
                    lines.add("");
                }
                lines.addAll(block.lines);
                joined.add(new Block(block.form, List.copyOf(lines)));
            } else {
                joined.add(block);
            }
        }
        return joined;
    }
}
