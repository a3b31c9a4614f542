package dev.lectern.cli;

import java.net.URI;

/// Where a running Lectern is, as it is typed.
final class LecternUrl {

    private static final int USAGE = 64;

    private LecternUrl() {}

    /// The root of its API.
    ///
    /// @throws CommandFailedException where the text is no such address
    static URI api(String url) {
        if (!url.matches("https?://[^/\\s]+/?")) {
            throw new CommandFailedException(USAGE, "--url is written as http://127.0.0.1:8080, not \"" + url + "\"");
        }
        return URI.create(url.replaceFirst("/$", "") + "/api/v1");
    }
}
