package dev.lectern.access;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of this machine that no name server has a say in. A page whose own name was made to lead here
/// ([DNS rebinding](https://en.wikipedia.org/wiki/DNS_rebinding)) is known by that name.
final class LoopbackHost {

    private static final Pattern ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private LoopbackHost() {}

    /// Whether the host of a request's `Host` is one of them.
    static boolean is(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || ADDRESS.matcher(host).matches();
    }
}
