package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Takes MDX's `import` and `export` statements out of a page. Lines keep their numbers.
final class ModuleStatements {

    private static final Pattern IMPORT = Pattern.compile(
            "^import\\s+(?:['\"][^'\"]+['\"]|[\\w$*{][^'\"]*\\sfrom\\s+['\"][^'\"]+['\"])\\s*+;?+\\s*+$");
    private static final Pattern IMPORT_OPENS = Pattern.compile("^import\\s+(?:[\\w$]+\\s*,\\s*)?\\{[^}'\"]*$");
    private static final Pattern IMPORT_ENDS = Pattern.compile(".*\\sfrom\\s+['\"][^'\"]+['\"]\\s*+;?+\\s*+$");
    private static final Pattern EXPORT = Pattern.compile(
            "^export\\s+(?:default\\s+\\S|(?:const|let|var)\\s+[\\w$\\[{].*=|(?:async\\s+)?function\\b|class\\s|[{*]).*");

    private ModuleStatements() {}

    static List<String> strip(List<String> lines) {
        List<String> kept = new ArrayList<>(lines.size());
        Fence fence = new Fence();
        boolean mayBegin = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (fence.covers(line)) {
                mayBegin = false;
                kept.add(line);
                continue;
            }
            int statement = mayBegin ? length(lines, i) : 0;
            for (int j = 0; j < statement; j++) {
                kept.add("");
            }
            if (statement > 0) {
                i += statement - 1;
            } else {
                mayBegin = line.isBlank();
                kept.add(line);
            }
        }
        return kept;
    }

    /// How many lines the statement takes that begins here; zero where none does.
    private static int length(List<String> lines, int start) {
        String line = lines.get(start);
        if (IMPORT.matcher(line).matches()) {
            return 1;
        }
        if (IMPORT_OPENS.matcher(line).matches()) {
            for (int i = start; i < lines.size() && !lines.get(i).isBlank(); i++) {
                if (IMPORT_ENDS.matcher(lines.get(i)).matches()) {
                    return i - start + 1;
                }
            }
            return 0;
        }
        return EXPORT.matcher(line).matches() ? exportLength(lines, start) : 0;
    }

    private static int exportLength(List<String> lines, int start) {
        int depth = 0;
        for (int i = start; i < lines.size(); i++) {
            depth += openedBrackets(lines.get(i));
            boolean last = i + 1 == lines.size() || lines.get(i + 1).isBlank();
            if (depth <= 0 && (last || lines.get(i).stripTrailing().matches(".*[;})\\]]"))) {
                return i - start + 1;
            }
        }
        int blank = start;
        while (blank < lines.size() && !lines.get(blank).isBlank()) {
            blank++;
        }
        return blank - start;
    }

    private static int openedBrackets(String line) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                quote = c == quote && line.charAt(i - 1) != '\\' ? 0 : quote;
            } else if (c == '"' || c == '`' || c == '\'') {
                quote = line.indexOf(c, i + 1) > 0 ? c : 0;
            } else if (c == '{' || c == '(' || c == '[') {
                depth++;
            } else if (c == '}' || c == ')' || c == ']') {
                depth--;
            }
        }
        return depth;
    }
}
