package dev.lectern.embedded.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The start-up parameter `options`, in which Neon's own options stand among PostgreSQL's.
///
/// @param endpoint the endpoint that is named; empty where none is
/// @param compatible whether the client wants its start-up parameters passed on as they are
/// @param others what is PostgreSQL's, word by word
record Options(Optional<String> endpoint, boolean compatible, List<String> others) {

    private static final Pattern WORD = Pattern.compile("(?:\\\\.|\\S)+");
    private static final Pattern ENDPOINT = Pattern.compile("(?:endpoint|project)=(.*)");
    private static final Pattern NEON = Pattern.compile("neon_\\w+:.+");

    static Options read(String text) {
        Optional<String> endpoint = Optional.empty();
        boolean compatible = false;
        List<String> others = new ArrayList<>();
        boolean setting = false;
        for (String word : WORD.matcher(text).results().map(MatchResult::group).toList()) {
            if (word.equals("-c")) {
                setting = true;
                continue;
            }
            String bare = word.startsWith("-c") ? word.substring(2) : word;
            var named = ENDPOINT.matcher(bare);
            if (named.matches()) {
                endpoint = Optional.of(named.group(1));
            } else if (NEON.matcher(bare).matches()) {
                compatible |= bare.equals("neon_proxy_params_compat:true");
            } else {
                if (setting) {
                    others.add("-c");
                }
                others.add(word);
            }
            setting = false;
        }
        return new Options(endpoint, compatible, List.copyOf(others));
    }

    /// Whether the endpoint is the pooler's.
    boolean pooled() {
        return endpoint.filter(name -> name.endsWith("-pooler")).isPresent();
    }

    /// The names of the settings that are PostgreSQL's.
    List<String> settings() {
        return others.stream()
                .filter(word -> !word.equals("-c"))
                .map(word -> word.replaceFirst("^(-c|--)", "").replaceFirst("=.*", ""))
                .toList();
    }
}
