package dev.lectern.limits;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The header `Forwarded` ([RFC 7239](https://www.rfc-editor.org/rfc/rfc7239)): one element for each proxy, in their
/// order.
final class ForwardedElements {

    private static final Pattern FOR =
            Pattern.compile("(?:^|;)\\s*for=(?:\"([^\"\\\\]*)\"|([^\\s\";,]*))\\s*(?=;|$)", Pattern.CASE_INSENSITIVE);

    private ForwardedElements() {}

    /// What each element says of whom the proxy called for; an empty text where it does not say so, or cannot be read.
    static List<String> addresses(List<String> lines) {
        List<String> addresses = new ArrayList<>();
        for (String line : lines) {
            for (String element : elements(line)) {
                Matcher matcher = FOR.matcher(element);
                String quoted = matcher.find() ? matcher.group(1) : "";
                addresses.add(quoted != null ? quoted : matcher.group(2));
            }
        }
        return addresses;
    }

    /// By commas that are in no quotes. A quote that does not end has the rest of the line.
    private static List<String> elements(String line) {
        List<String> elements = new ArrayList<>();
        boolean quoted = false;
        int begin = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '\\' && quoted) {
                i++;
            } else if (c == ',' && !quoted) {
                elements.add(line.substring(begin, i));
                begin = i + 1;
            }
        }
        elements.add(line.substring(begin));
        return elements;
    }
}
