package dev.lectern.access;

import java.util.Locale;
import java.util.regex.Pattern;

/// Names of this machine that no name server has a say in. A page whose own name was made to lead here
/// ([DNS rebinding](https://en.wikipedia.org/wiki/DNS_rebinding)) is known by that name.
public final class LoopbackHost {

    private static final Pattern ADDRESS = Pattern.compile("127(\\.\\d{1,3}){3}|\\[?(::1|0:0:0:0:0:0:0:1)]?");

    private LoopbackHost() {}

    /// Whether this host, as it stands in a `Host` or a URL, is one of them.
    public static boolean is(String host) {
        return host.toLowerCase(Locale.ROOT).equals("localhost")
                || ADDRESS.matcher(host).matches();
    }
}
