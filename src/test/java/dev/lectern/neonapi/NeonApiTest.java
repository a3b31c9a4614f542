package dev.lectern.neonapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lectern.neon.Secret;
import dev.lectern.neon.warmup.ComputeReport;
import dev.lectern.neon.warmup.ComputeReport.State;
import dev.lectern.neonapi.NeonApiException.Reason;
import dev.lectern.testing.StubNeonApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class NeonApiTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Duration BRIEF = Duration.ofMillis(300);

    private final StubNeonApi neon = new StubNeonApi();
    private final NeonApi api = api(neon.url(), Duration.ofSeconds(20));

    @AfterEach
    void stop() {
        api.close();
        neon.close();
    }

    @Test
    void reads_what_Neon_says_of_the_compute() throws Exception {
        neon.compute("""
                "autoscaling_limit_min_cu": 0.25, "autoscaling_limit_max_cu": 2, "current_state": "idle",
                "pooler_enabled": false, "disabled": false, "suspend_timeout_seconds": 120, "settings": {"pg_settings": {}},
                "started_at": "2026-11-23T07:00:00Z", "last_active": "2026-11-23T08:30:01Z",
                "suspended_at": "2026-11-23T09:32:10.5+01:00", "something_new": [1, {"a": null}]""");

        assertThat(api.compute(NOW))
                .isEqualTo(new ComputeReport(
                        NOW,
                        State.IDLE,
                        Optional.of(Duration.ofMinutes(2)),
                        OptionalDouble.of(0.25),
                        Optional.of(Instant.parse("2026-11-23T08:30:01Z")),
                        Optional.of(Instant.parse("2026-11-23T08:32:10.500Z")),
                        false));
        assertThat(neon.asked())
                .containsExactly("GET /api/v2/projects/project-1/endpoints/ep-test-1 Bearer " + StubNeonApi.KEY);
    }

    @Test
    void a_compute_that_was_started_was_wanted_though_its_last_activity_is_older() throws Exception {
        neon.compute("""
                "current_state": "active", "last_active": "2026-11-22T08:30:01Z", "started_at": "2026-11-23T08:59:00Z"
                """);

        assertThat(api.compute(NOW).lastActive()).contains(Instant.parse("2026-11-23T08:59:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"0, PT5M", "-1, PT0S", "60, PT1M", "604800, PT168H"})
    void a_suspend_timeout_of_zero_is_the_default_and_of_minus_one_never(int seconds, Duration expected)
            throws Exception {
        neon.compute("\"current_state\": \"active\", \"suspend_timeout_seconds\": " + seconds);

        assertThat(api.compute(NOW).suspend()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "active, null, ACTIVE",
        "idle, '\"active\"', CHANGING",
        "init, '\"active\"', CHANGING",
        "idle, '\"idle\"', IDLE",
        "active, '\"idle\"', CHANGING",
        "init, null, CHANGING",
        "degraded, null, UNKNOWN"
    })
    void a_state_that_is_about_to_change_is_no_state(String current, String pending, State expected) throws Exception {
        neon.compute("\"current_state\": \"" + current + "\", \"pending_state\": " + pending);

        assertThat(api.compute(NOW).state()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"x\": 1",
                "\"current_state\": null, \"suspend_timeout_seconds\": null, \"autoscaling_limit_min_cu\": null",
                "\"current_state\": [], \"suspend_timeout_seconds\": \"5m\", \"autoscaling_limit_min_cu\": \"small\"",
                "\"current_state\": 7, \"suspend_timeout_seconds\": -2, \"autoscaling_limit_min_cu\": 0",
                "\"current_state\": {}, \"suspend_timeout_seconds\": 1e40, \"autoscaling_limit_min_cu\": 1e999",
                "\"suspend_timeout_seconds\": 99999999999999999999999, \"last_active\": \"+999999999-12-31T23:59:59Z\"",
                "\"last_active\": \"0001-01-01T00:00:00Z\", \"suspended_at\": \"yesterday\", \"disabled\": \"?\""
            })
    void what_is_missing_or_makes_no_sense_is_as_if_Neon_did_not_say(String members) throws Exception {
        neon.compute(members);

        assertThat(api.compute(NOW))
                .isEqualTo(new ComputeReport(
                        NOW,
                        State.UNKNOWN,
                        Optional.empty(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        "401, REFUSED, NEON_API_KEY",
        "403, REFUSED, NEON_API_KEY",
        "404, NOT_FOUND, NEON_PROJECT_ID",
        "302, MISCONFIGURED, NEON_API_URL",
        "400, MISCONFIGURED, 400",
        "204, MISCONFIGURED, 204",
        "423, UNAVAILABLE, 423",
        "429, UNAVAILABLE, too often",
        "500, UNAVAILABLE, 500",
        "503, UNAVAILABLE, 503"
    })
    void a_status_says_what_to_do_and_the_body_is_not_repeated(int status, Reason reason, String word) {
        neon.computeAnswers(
                status, status == 204 ? "" : "{\"message\": \"" + StubNeonApi.KEY + "\"}", "Location", "/elsewhere");

        NeonApiException refusal = refusal(() -> api.compute(NOW));

        assertThat(refusal.reason()).isEqualTo(reason);
        assertThat(refusal).hasMessageContaining(word).hasMessageNotContaining(StubNeonApi.KEY);
        assertThat(neon.asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"7, PT7S", "99999, PT1H", "soon, PT0S", "-3, PT0S"})
    void neon_may_say_when_to_come_back(String header, Duration expected) {
        neon.computeAnswers(429, "{}", "Retry-After", header);

        assertThat(refusal(() -> api.compute(NOW)).retryAfter()).isEqualTo(expected);
    }

    @Test
    void waits_no_longer_than_is_said_for_an_answer_that_does_not_come_or_does_not_end() {
        try (NeonApi brief = api(neon.url(), BRIEF)) {
            neon.staysSilent();
            assertThat(refusal(() -> brief.compute(NOW))).hasMessageContaining("0.3 s");
            neon.neverEnds();
            assertThat(refusal(() -> brief.compute(NOW))).hasMessageContaining("0.3 s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "{\"endpoint\": ", "{\"endpoint\": 3}", "[]", "nul", "{}"})
    void garbage_is_no_answer(String body) {
        neon.computeAnswers(200, body);

        assertThat(refusal(() -> api.compute(NOW)).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void an_answer_without_measure_is_not_read_to_its_end() {
        neon.computeAnswers(200, "{\"endpoint\": {\"x\": \"" + "x".repeat(3 << 20) + "\"}}");
        assertThat(refusal(() -> api.compute(NOW)).reason()).isEqualTo(Reason.UNAVAILABLE);

        neon.computeAnswers(200, "[".repeat(500_000));
        assertThat(refusal(() -> api.compute(NOW)).reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void nobody_there_is_told_by_the_address() throws Exception {
        URI nobody = URI.create("http://127.0.0.1:" + freePort() + "/api/v2");
        try (NeonApi lost = api(nobody, Duration.ofSeconds(20))) {
            assertThat(refusal(() -> lost.compute(NOW)))
                    .hasMessageContaining(nobody.toString())
                    .hasMessageContaining("ConnectException");
        }
    }

    @Test
    void adds_up_the_compute_of_the_frames_that_were_asked_for() throws Exception {
        neon.consumption("daily", 200, """
                {"projects": [
                  {"project_id": "another", "periods": [{"consumption": [
                    {"timeframe_start": "2026-11-02T00:00:00Z", "metrics": [
                      {"metric_name": "compute_unit_seconds", "value": 9999}]}]}]},
                  {"project_id": "project-1", "periods": [
                    {"period_plan": "launch", "consumption": [
                      {"timeframe_start": "2026-10-31T00:00:00Z", "metrics": [
                        {"metric_name": "compute_unit_seconds", "value": 5000}]},
                      {"timeframe_start": "2026-11-01T00:00:00Z", "metrics": [
                        {"metric_name": "root_branch_bytes_month", "value": 7},
                        {"metric_name": "compute_unit_seconds", "value": 3600}]}]},
                    {"period_plan": "launch", "consumption": [
                      {"timeframe_start": "2026-11-22T00:00:00Z", "metrics": [
                        {"metric_name": "compute_unit_seconds", "value": 1800.5}]},
                      {"timeframe_start": "2026-11-22T12:00:00Z"}, {}, null,
                      {"timeframe_start": "2026-11-23T00:00:00Z", "metrics": [
                        {"metric_name": "compute_unit_seconds", "value": 5000}]}]}]}],
                 "pagination": {"cursor": "project-1"}}""");

        OptionalDouble used = api.consumption(
                "org-1", "daily", Instant.parse("2026-11-01T00:00:00Z"), Instant.parse("2026-11-23T00:00:00Z"));

        assertThat(used).hasValue(5400.5 / 3600);
        assertThat(neon.asked())
                .containsExactly("GET /api/v2/consumption_history/v2/projects?org_id=org-1&project_ids=project-1"
                        + "&granularity=daily&from=2026-11-01T00%3A00%3A00Z&to=2026-11-23T00%3A00%3A00Z"
                        + "&metrics=compute_unit_seconds Bearer " + StubNeonApi.KEY);
    }

    @Test
    void a_project_of_which_nothing_is_told_has_not_used_nothing() throws Exception {
        neon.consumption("daily", 200, "{\"projects\": []}");
        assertThat(api.consumption("org-1", "daily", NOW, NOW)).isEmpty();

        neon.consumption("daily", 200, "{\"projects\": [{\"project_id\": \"project-1\", \"periods\": []}]}");
        assertThat(api.consumption("org-1", "daily", NOW, NOW)).hasValue(0);

        neon.consumption("daily", 200, "{\"rows\": []}");
        assertThat(refusal(() -> api.consumption("org-1", "daily", NOW, NOW)).reason())
                .isEqualTo(Reason.UNAVAILABLE);
    }

    @Test
    void takes_only_an_id_for_an_organization() throws Exception {
        neon.project(200, "{\"project\": {\"org_id\": \"org-morning-bread-81040908\"}}");
        assertThat(api.organization()).contains("org-morning-bread-81040908");

        neon.project(200, "{\"project\": {\"org_id\": \"o&x=1\"}}");
        assertThat(api.organization()).isEmpty();
    }

    @Test
    void the_key_is_masked() {
        assertThat(settings(neon.url(), BRIEF).toString())
                .doesNotContain("s3cret")
                .contains("****");
    }

    @ParameterizedTest
    @CsvSource({
        "http://console.neon.tech/api/v2, https",
        "ftp://localhost/api/v2, https",
        "https://u:p@console.neon.tech, url",
        "https://console.neon.tech/api/v2?x=1, url",
        "console.neon.tech, url"
    })
    void the_key_goes_to_no_address_where_others_could_read_it(String url, String word) {
        assertThatThrownBy(() -> settings(URI.create(url), BRIEF))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("url ")
                .hasMessageContaining(word);
    }

    @Test
    void a_key_that_no_header_admits_is_refused_without_being_shown() {
        assertThatThrownBy(() -> new NeonApiSettings(
                        neon.url(), new Secret("napi\ns3cret"), StubNeonApi.PROJECT, StubNeonApi.ENDPOINT, BRIEF))
                .hasMessageStartingWith("key ")
                .hasMessageNotContaining("s3cret");
    }

    private static NeonApi api(URI url, Duration timeout) {
        return new NeonApi(settings(url, timeout));
    }

    private static NeonApiSettings settings(URI url, Duration timeout) {
        return new NeonApiSettings(
                url, new Secret(StubNeonApi.KEY), StubNeonApi.PROJECT, StubNeonApi.ENDPOINT, timeout);
    }

    static NeonApiException refusal(Callable<?> question) {
        return catchThrowableOfType(NeonApiException.class, question::call);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
