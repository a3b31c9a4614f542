package dev.lectern.neon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The contract with a real Neon, and what only Neon does; `docs/neon-library.md` says how to run it.
@Tag("neon")
class NeonContractIT extends ServerContract {

    private static final String URL = "NEON_TEST_DATABASE_URL";

    @Override
    NeonUrl direct() {
        // Here, where every test comes by: each is then counted as skipped.
        assumeTrue(!variable(URL).isEmpty(), URL + " names no Neon database");
        return NeonHosts.direct(NeonUrl.parse(variable(URL)));
    }

    @Test
    void serves_through_the_pooler() {
        try (NeonDatabase neon = new NeonDatabase(settings(NeonHosts.pooled(direct())))) {
            assertThat(read(neon, "SELECT 42")).isEqualTo(42);
        }
    }

    @Test
    void a_read_is_one_statement() {
        try (NeonDatabase neon = new NeonDatabase(settings(direct()))) {
            assumeTrue(
                    read(neon, "SELECT count(*)::int FROM pg_extension WHERE extname = 'pg_stat_statements'") == 1,
                    "the database has no pg_stat_statements");
            // One role's statements: the compute's own come from others.
            String calls = """
                    SELECT coalesce(sum(calls), 0)::int FROM pg_stat_statements s
                      JOIN pg_roles r ON r.oid = s.userid WHERE r.rolname = current_user""";
            int before = read(neon, calls);

            assertThat(read(neon, calls) - before).isOne();
        }
    }

    @Test
    void a_suspended_compute_is_woken_by_the_first_read() throws Exception {
        try (NeonDatabase neon = new NeonDatabase(settings(direct()))) {
            String started = "SELECT extract(epoch FROM pg_postmaster_start_time())::int";
            int before = read(neon, started);
            suspend();

            assertThat(read(neon, started)).isGreaterThan(before);
            assertThat(neon.snapshot().permits()).isZero();
        }
    }

    private static void suspend() throws Exception {
        String key = variable("NEON_API_KEY");
        String project = variable("NEON_PROJECT_ID");
        String endpoint = variable("NEON_ENDPOINT_ID");
        String timeout = variable("NEON_TEST_SUSPEND_TIMEOUT");
        if (!key.isEmpty() && !project.isEmpty() && !endpoint.isEmpty()) {
            URI uri = URI.create("https://console.neon.tech/api/v2/projects/" + project + "/endpoints/" + endpoint);
            try (HttpClient client = HttpClient.newHttpClient()) {
                new NeonApi(client, uri, new Secret(key), Duration.ofSeconds(1)).suspend();
            }
        } else if (!timeout.isEmpty()) {
            // The idle monitor may need some moments more than the timeout.
            NeonApi.pause(Duration.parse(timeout).plusSeconds(30));
        } else {
            abort("neither Neon's API (NEON_API_KEY, NEON_PROJECT_ID, NEON_ENDPOINT_ID) nor"
                    + " NEON_TEST_SUSPEND_TIMEOUT is given");
        }
    }

    private static String variable(String name) {
        return System.getenv().getOrDefault(name, "").strip();
    }
}
