package dev.lectern.limits;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The address of a client or a proxy as proxies write it: bare, with a port, or in brackets.
final class NodeAddress {

    private static final List<Pattern> FORMS = List.of(
            Pattern.compile("(\\d{1,3}(?:\\.\\d{1,3}){3})(?::\\d{1,5})?"),
            Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::\\d{1,5})?"),
            Pattern.compile("([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*)"));

    private NodeAddress() {}

    /// Empty where it is no address: a name, `unknown`, or an identifier that hides one. No name is looked up.
    static Optional<InetAddress> parse(String node) {
        String text = node.strip();
        for (Pattern form : FORMS) {
            Matcher matcher = form.matcher(text);
            if (matcher.matches()) {
                return literal(matcher.group(1));
            }
        }
        return Optional.empty();
    }

    private static Optional<InetAddress> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
