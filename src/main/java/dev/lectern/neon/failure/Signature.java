package dev.lectern.neon.failure;

import java.util.Locale;

/// What an error of a class looks like.
///
/// @param state an SQLSTATE or the beginning of one; empty for any
/// @param fragment a part of the message, in lower case; `…` stands for anything; empty for any message
record Signature(String state, String fragment, DatabaseFailure failure) {

    boolean fits(String sqlState, String message) {
        return sqlState.startsWith(state) && contains(message.toLowerCase(Locale.ROOT));
    }

    private boolean contains(String message) {
        int from = 0;
        for (String part : fragment.split("…", -1)) {
            int at = message.indexOf(part.strip(), from);
            if (at < 0) {
                return false;
            }
            from = at + part.strip().length();
        }
        return true;
    }
}
