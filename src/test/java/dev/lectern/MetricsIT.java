package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.metrics.RecentTimers;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MetricsIT {

    private static String database;
    private static LecternServer lectern;
    private static LecternClient reader;

    @BeforeAll
    static void start() {
        database = TestPostgres.freshDatabase();
        lectern = LecternServer.start(TestPostgres.jdbcUrl(database), Map.of("database.requestDeadline", "2s"))
                .withPoolsBook();
        reader = lectern.reader();
    }

    @AfterAll
    static void stop() {
        reader.close();
        lectern.close();
    }

    @Test
    void times_requests_by_the_template_of_their_route() throws Exception {
        String conversation = reader.converse("pools");
        reader.get("/conversations/" + conversation + "/messages");

        assertThat(metricsWith("http_server_request_duration_seconds_count{http_request_method=\"GET\","
                        + "http_response_status_code=\"200\",http_route=\"/api/v1/conversations/{id}/messages\"}"))
                .contains("# TYPE http_server_request_duration_seconds histogram")
                .contains("le=\"0.2\"")
                .doesNotContain(conversation);
    }

    @Test
    void keeps_of_requests_neither_trees_of_times_nor_filters() {
        assertThat(lectern.metrics()).isInstanceOf(RecentTimers.class);
        assertThat(lectern.keepsFilters()).isFalse();
    }

    @Test
    void has_one_series_for_all_paths_that_do_not_exist() throws Exception {
        for (int i = 0; i < 20; i++) {
            assertThat(reader.get("/nowhere-" + i).status()).isEqualTo(404);
        }

        metricsWith("http_route=\"\"}");
        assertThat(lines("http_server_request_duration_seconds_count", "http_route=\"\""))
                .hasSize(1);
        assertThat(metrics("text/plain")).doesNotContain("nowhere");
    }

    @Test
    void nothing_from_outside_makes_series() throws Exception {
        everyRoute();
        long before = series();

        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 1000; i++) {
                HttpRequest odd = HttpRequest.newBuilder(URI.create(lectern.url() + strange(i)))
                        .header("X-Request-Id", "strange-" + i)
                        .method(i % 3 == 0 ? "STRANGE" + i : "GET", HttpRequest.BodyPublishers.noBody())
                        .build();
                assertThat(http.send(odd, HttpResponse.BodyHandlers.discarding())
                                .statusCode())
                        .isBetween(400, 499);
            }
        }

        assertThat(series()).isEqualTo(before);
        assertThat(metrics("text/plain")).doesNotContain("strange").doesNotContain("STRANGE");
    }

    private static String strange(int i) {
        return switch (i % 5) {
            case 0 -> "/strange-" + i;
            case 1 -> "/api/v1/strange-" + i;
            case 2 -> "/api/v1/books/strange-" + i;
            case 3 -> "/api/v1/books/strange-" + i + "/chapters/strange";
            default -> "/api/v1/conversations/strange-" + i + "/messages";
        };
    }

    private static void everyRoute() throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (int i = 0; i < 15; i++) {
                http.send(
                        HttpRequest.newBuilder(URI.create(lectern.url() + strange(i)))
                                .method(i % 3 == 0 ? "STRANGE" : "GET", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
            }
        }
    }

    private static long series() throws IOException, InterruptedException {
        return metrics("text/plain")
                .lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith("jvm_"))
                .count();
    }

    @Test
    void shows_what_requests_cost_the_database_and_readers_are_promised() throws Exception {
        String conversation = reader.converse("pools");
        reader.ask(conversation, "What is a permit?");

        metricsWith("lectern_request_round_trips_sum{http_request_method=\"POST\","
                + "http_route=\"/api/v1/conversations/{id}/messages\"}");
        assertThat(lines("lectern_request_round_trips_sum", "messages\"", "POST"))
                .singleElement()
                .asString()
                .endsWith(" 2.0");
        assertThat(metrics("text/plain"))
                .contains("lectern_request_connection_hold_seconds_count{http_request_method=\"POST\","
                        + "http_route=\"/api/v1/conversations/{id}/messages\"}")
                .contains("lectern_retrieval_duration_seconds_count ")
                .contains("lectern_model_time_to_first_token_seconds_count{model=\"extractive\",outcome=\"whole\"}")
                .contains("lectern_model_call_duration_seconds_count{model=\"extractive\",outcome=\"whole\"}")
                .contains("lectern_reader_requests_total ")
                .contains("lectern_reader_requests_within_target_total ")
                .contains("lectern_burn_rate{window=\"1h\"} ");
    }

    @Test
    void shows_the_pool_under_the_names_of_OpenTelemetry() throws Exception {
        reader.get("/conversations");

        assertThat(metrics("text/plain"))
                .containsPattern("db_client_connection_count\\{db_client_connection_state=\"idle\"} [1-9]")
                .contains("db_client_connection_count{db_client_connection_state=\"used\"} 0.0")
                .contains("db_client_connection_max 16.0")
                .contains("db_client_connection_idle_max 16.0")
                .contains("db_client_connection_idle_min 0.0")
                .contains("db_client_connection_timeouts_total 0.0")
                .contains("db_client_connection_pending_requests 0.0")
                .contains("db_client_connection_create_time_seconds_count")
                .contains("db_client_connection_wait_time_seconds_count{criticality=\"interactive_read\"}")
                .contains("db_client_connection_use_time_seconds_count{criticality=\"interactive_read\"}")
                .contains("neon_state{state=\"ready\"} 1.0")
                .contains("neon_state{state=\"down\"} 0.0");
    }

    @Test
    void counts_failures_by_class_and_reason() throws Exception {
        try (Connection administrator = TestPostgres.administrator(database);
                Statement statement = administrator.createStatement()) {
            administrator.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation");
            assertThat(reader.get("/conversations").status()).isEqualTo(503);
            administrator.rollback();
        }

        assertThat(lines("neon_work_failed_total", "class=\"timed-out\"", "criticality=\"interactive_read\""))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
    }

    @Test
    void shows_what_warmth_costs_and_avoids() throws Exception {
        assertThat(metrics("text/plain")).contains("warmup_cu_hours_month 0.0").contains("warmup_requests_avoided 0.0");
    }

    @Test
    void speaks_OpenMetrics_and_Dropwizards_JSON_where_they_are_asked_for() throws Exception {
        assertThat(metrics("application/openmetrics-text")).endsWith("# EOF\n");
        assertThat(metrics("application/json")).startsWith("{").contains("\"neon.pool.active\"");
    }

    /// The metrics as soon as they have this: a request is counted when its answer is out.
    private static String metricsWith(String part) throws IOException, InterruptedException {
        String metrics = metrics("text/plain");
        while (!metrics.contains(part)) {
            metrics = metrics("text/plain");
        }
        return metrics;
    }

    private static List<String> lines(String... parts) throws IOException, InterruptedException {
        return metrics("text/plain")
                .lines()
                .filter(line -> List.of(parts).stream().allMatch(line::contains))
                .toList();
    }

    private static String metrics(String accept) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(
                    HttpRequest.newBuilder(URI.create(lectern.adminUrl() + "/metrics"))
                            .header("Accept", accept)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(200);
            return response.body();
        }
    }
}
