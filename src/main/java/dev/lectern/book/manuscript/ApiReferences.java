package dev.lectern.book.manuscript;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The places where [mkdocstrings](https://mkdocstrings.github.io) puts the documentation of code: a line
/// `::: package.name`, and indented options up to a blank line. Nothing of that is text.
final class ApiReferences {

    private static final Pattern PLACE = Pattern.compile("^\\s*+::: \\s*+\\S++\\s*+$");
    private static final int INDENT = 4;

    private ApiReferences() {}

    static List<String> without(List<String> lines) {
        List<String> out = new ArrayList<>(lines.size());
        Fence fence = new Fence();
        int options = 0; // how far the options of a place are indented; 0 outside of one
        for (String line : lines) {
            int leading = line.length() - line.stripLeading().length();
            if (options > 0 && !line.isBlank() && leading >= options) {
                continue;
            }
            options = 0;
            if (!fence.covers(line) && PLACE.matcher(line).matches()) {
                options = leading + INDENT;
                out.add("");
            } else {
                out.add(line);
            }
        }
        return out;
    }
}
