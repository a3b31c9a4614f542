package dev.lectern.retrieval;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/// Adds the parts of an identifier behind it, at the same place: `rclpy.create_node` is also `rclpy`, `create_node`,
/// `create` and `node`, and `maxPoolSize` is also `max`, `Pool` and `Size`.
final class IdentifierFilter extends TokenFilter {

    private static final Pattern JOINTS = Pattern.compile("[.:]+");

    private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
    private final PositionIncrementAttribute increment = addAttribute(PositionIncrementAttribute.class);
    private final Queue<String> parts = new ArrayDeque<>();
    private @Nullable State whole;

    IdentifierFilter(TokenStream input) {
        super(input);
    }

    @Override
    public boolean incrementToken() throws IOException {
        String part = parts.poll();
        if (part != null) {
            restoreState(whole);
            term.setEmpty().append(part);
            increment.setPositionIncrement(0);
            return true;
        }
        if (!input.incrementToken()) {
            return false;
        }
        String token = term.toString();
        Set<String> found = parts(token);
        if (!found.isEmpty()) {
            parts.addAll(found);
            whole = captureState();
        }
        return true;
    }

    @Override
    public void reset() throws IOException {
        super.reset();
        parts.clear();
        whole = null;
    }

    /// Whether a word is written as only programs write: with an underscore, a dot or a colon between letters, or a
    /// capital after a small letter.
    static boolean isIdentifier(String word) {
        boolean letter = false;
        boolean joined = false;
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            letter |= Character.isLetter(c);
            joined |= isJoint(c) || (i > 0 && Character.isUpperCase(c) && Character.isLowerCase(word.charAt(i - 1)));
        }
        return letter && joined;
    }

    private static Set<String> parts(String token) {
        if (token.chars().noneMatch(Character::isLetter)) {
            return Set.of();
        }
        Set<String> parts = new LinkedHashSet<>();
        for (String segment : JOINTS.split(token, -1)) {
            parts.add(segment);
            int from = 0;
            for (int i = 1; i < segment.length(); i++) {
                if (segment.charAt(i) == '_' || splits(segment, i)) {
                    parts.add(segment.substring(from, i));
                    from = segment.charAt(i) == '_' ? i + 1 : i;
                }
            }
            parts.add(segment.substring(Math.min(from, segment.length())));
        }
        parts.removeIf(part -> part.isEmpty() || part.equals("_"));
        parts.remove(token);
        return parts;
    }

    /// Whether a part starts in mid-word: `max|Size`, `HTTP|Server`, `ROS|2`; but not in `URLs`.
    private static boolean splits(String word, int at) {
        char before = word.charAt(at - 1);
        char c = word.charAt(at);
        if (Character.isUpperCase(c)) {
            return Character.isLowerCase(before)
                    || (Character.isUpperCase(before)
                            && at + 2 < word.length()
                            && Character.isLowerCase(word.charAt(at + 1))
                            && Character.isLowerCase(word.charAt(at + 2)));
        }
        return Character.isDigit(c) && Character.isLetter(before);
    }

    private static boolean isJoint(char c) {
        return c == '_' || c == '.' || c == ':';
    }
}
