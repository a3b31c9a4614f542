package dev.lectern.embedded.gateway;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Which start-up parameters reach the server.
final class StartUpRules {

    private static final String OPTIONS = "options";

    // neondatabase/neon, proxy/src/compute
    private static final Set<String> PASSED_ON = Set.of("user", "database", "application_name", "replication");

    // https://www.pgbouncer.org/config.html#ignore_startup_parameters
    private static final Set<String> KNOWN_TO_POOLER = Set.of(
            "user",
            "database",
            "application_name",
            "client_encoding",
            "datestyle",
            "intervalstyle",
            "timezone",
            "standard_conforming_strings");
    private static final Set<String> IGNORED_BY_POOLER = Set.of("extra_float_digits");

    private StartUpRules() {}

    /// Neon's options in a start-up message.
    static Options options(StartUp client) {
        return Options.read(client.parameters().getOrDefault(OPTIONS, ""));
    }

    /// What the server gets.
    ///
    /// @throws LoginRefusedException where the pooler refuses a parameter
    static StartUp forServer(StartUp client, Options options) throws LoginRefusedException {
        Map<String, String> passed = new LinkedHashMap<>(client.parameters());
        passed.remove(OPTIONS);
        if (options.pooled()) {
            refuseUnknown(passed, options);
            passed.keySet().removeIf(name -> IGNORED_BY_POOLER.contains(name.toLowerCase(Locale.ROOT)));
        } else if (!options.compatible()) {
            passed.keySet().retainAll(PASSED_ON);
        }
        if (!options.others().isEmpty()) {
            passed.put(OPTIONS, String.join(" ", options.others()));
        }
        return client.with(passed);
    }

    private static void refuseUnknown(Map<String, String> parameters, Options options) throws LoginRefusedException {
        for (String name : parameters.keySet()) {
            String known = name.toLowerCase(Locale.ROOT);
            if (!KNOWN_TO_POOLER.contains(known) && !IGNORED_BY_POOLER.contains(known) && !known.startsWith("_pq_.")) {
                throw new LoginRefusedException("unsupported startup parameter: " + name);
            }
        }
        for (String name : options.settings()) {
            if (!KNOWN_TO_POOLER.contains(name.toLowerCase(Locale.ROOT))) {
                throw new LoginRefusedException("unsupported startup parameter in options: " + name);
            }
        }
    }
}
