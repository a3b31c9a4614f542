package dev.lectern.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.cli.Terminal;
import dev.lectern.embedded.SharedDatabase;
import dev.lectern.embedded.gateway.Fault;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.embedded.gateway.LoginRefusal;
import dev.lectern.neon.NeonUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `check` on a database that behaves as Neon's does.
class CheckGatewayIT {

    private static final Duration WAKE = Duration.ofMillis(400);

    @RegisterExtension
    static final SharedDatabase DATABASE = new SharedDatabase(
            GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO).withWakeDelay(WAKE));

    @Test
    void a_healthy_database_is_healthy_from_its_name_to_its_schema() throws Exception {
        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.HEALTHY);
        assertThat(report.verdict().sentence()).startsWith("it answers in ").contains("of 97 connections free");
        assertThat(report.steps()).extracting(Step::outcome).containsOnly(Outcome.OK);
        assertThat(report.steps())
                .extracting(Step::name)
                .containsExactly(
                        "name", "tcp", "tls", "login", "latency", "clock", "limits", "route", "access", "schema",
                        "suspend");
        assertThat(step(report, "route").figures()).containsEntry("behaves", "direct");
        assertThat(step(report, "login").figures()).containsEntry("woke", false);
    }

    @Test
    void one_connection_is_made_to_the_database_and_closed_after() throws Exception {
        DATABASE.gateway().resetCounts();

        check(url());

        assertThat(DATABASE.gateway().counts().logins()).isEqualTo(1);
        DATABASE.awaitNoSession("application_name = 'lectern-check'");
    }

    @Test
    void a_database_that_sleeps_is_woken_and_the_check_says_so_and_in_how_long() throws Exception {
        DATABASE.gateway().compute().suspend();

        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.HEALTHY);
        assertThat(report.verdict().sentence()).contains("it was asleep, and this check woke it in ");
        assertThat(step(report, "login").figures()).containsEntry("woke", true);
        assertThat(step(report, "login").took()).isGreaterThanOrEqualTo(WAKE);
    }

    @Test
    void a_wrong_password_is_down_and_is_shown_nowhere() throws Exception {
        String secret = "wr0ng-passw0rd";
        NeonUrl url = url(url().user(), secret, url().port(), "");

        CheckReport report = check(url);

        assertThat(report.verdict().level()).isEqualTo(Level.DOWN);
        assertThat(report.verdict().failure()).isEqualTo("down/credentials");
        assertThat(step(report, "login").seen()).startsWith("the server says: password authentication failed");
        assertThat(skipped(report))
                .containsExactly("latency", "clock", "limits", "route", "access", "schema", "suspend");
        assertThat(report.text(Terminal.NONE)).doesNotContain(secret);
        assertThat(new ObjectMapper().writeValueAsString(report.members())).doesNotContain(secret);
    }

    @Test
    void a_wrong_host_is_down_at_its_name() throws Exception {
        CheckReport report = check(NeonUrl.parse("postgresql://reader:secret@no-such-host.invalid/db"));

        assertThat(report.verdict().level()).isEqualTo(Level.DOWN);
        assertThat(report.verdict().failure()).isEqualTo("down/unreachable");
        assertThat(report.verdict().sentence()).contains("no address is known for no-such-host.invalid");
        assertThat(skipped(report)).hasSize(10);
    }

    @Test
    void a_closed_port_is_down_at_its_connection() throws Exception {
        CheckReport report = check(url(url().user(), "postgres", closedPort(), ""));

        assertThat(step(report, "name").outcome()).isEqualTo(Outcome.OK);
        assertThat(step(report, "tcp").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(step(report, "tcp").seen()).contains("refused");
        assertThat(report.verdict().failure()).isEqualTo("down/unreachable");
    }

    @Test
    void a_full_server_is_saturated_which_is_not_down() throws Exception {
        DATABASE.inject(new Fault.SlotsTaken(200));

        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
        assertThat(report.verdict().failure()).isEqualTo("saturated/slots");
        assertThat(report.verdict().next()).contains("release connections");
    }

    @Test
    void a_nearly_full_server_is_degraded_and_names_who_holds_it() throws Exception {
        DATABASE.inject(new Fault.SlotsTaken(92));

        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
        assertThat(report.verdict().sentence()).contains("of 97 connections are free; most are held by etl as ");
    }

    @Test
    void a_read_only_server_is_degraded_and_the_rest_is_seen() throws Exception {
        DATABASE.inject(new Fault.ReadOnly());

        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
        assertThat(report.verdict().failure()).isEqualTo("read-only/read-only");
        assertThat(step(report, "schema").outcome()).isEqualTo(Outcome.OK);
    }

    @Test
    void a_server_that_is_far_away_is_degraded() throws Exception {
        DATABASE.inject(new Fault.Slow(Duration.ofMillis(60), null));

        CheckReport report = check(url());

        assertThat(report.verdict().sentence()).startsWith("the server is far away: a round trip takes ");
    }

    @Test
    void a_login_that_a_quota_refuses_is_told_with_neons_words() throws Exception {
        DATABASE.inject(new Fault.RefuseLogins(LoginRefusal.QUOTA, null));

        CheckReport report = check(url());

        assertThat(report.verdict().failure()).isEqualTo("down/quota");
        assertThat(report.verdict().next()).contains("Neon's console");
        assertThat(step(report, "login").seen()).startsWith("the server says: ");
    }

    @Test
    void a_connection_that_is_lost_on_the_way_ends_the_check_with_its_class() throws Exception {
        DATABASE.inject(new Fault.ResetQueries(3, 1));

        CheckReport report = check(url());

        assertThat(report.verdict().level()).isEqualTo(Level.DEGRADED);
        assertThat(report.verdict().failure()).startsWith("connection-lost/");
        assertThat(step(report, "latency").outcome()).isEqualTo(Outcome.FAILED);
        assertThat(skipped(report)).contains("clock", "limits", "schema");
    }

    @Test
    void encryption_is_shown_with_its_certificate_and_whether_that_is_verified() throws Exception {
        CheckReport report = check(url(url().user(), "", url().port(), "?sslmode=require"));

        assertThat(step(report, "tls").seen())
                .matches("TLSv1\\.3, certificate until \\d{4}-\\d\\d-\\d\\d, not verified \\(sslmode=require\\)");
        assertThat(step(report, "tls").figures()).containsEntry("encrypted", true);
    }

    @Test
    void a_pooler_that_is_named_is_told_with_what_migrations_need() throws Exception {
        CheckReport report =
                check(url(url().user(), "", url().port(), "?sslmode=disable&options=endpoint%3Dep-x-pooler"));

        assertThat(step(report, "route").figures()).containsEntry("named", "pooled");
        assertThat(step(report, "route").seen()).contains("DATABASE_URL_DIRECT");
    }

    private static CheckReport check(NeonUrl url) throws InterruptedException {
        return new Check(
                        new DatabaseTarget(url, true, Duration.ofMinutes(5)),
                        Duration.ofSeconds(20),
                        InstantSource.system())
                .run();
    }

    private static NeonUrl url() {
        return NeonUrl.parse(DATABASE.jdbcUrl());
    }

    private static NeonUrl url(String user, String password, int port, String parameters) {
        String secret = password.isEmpty() ? url().password().value() : password;
        return NeonUrl.parse("postgresql://" + user + ":" + secret + "@" + url().host() + ":" + port + "/"
                + url().database() + (parameters.isEmpty() ? "?sslmode=disable" : parameters));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Step step(CheckReport report, String name) {
        return report.steps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> skipped(CheckReport report) {
        return report.steps().stream()
                .filter(step -> step.outcome() == Outcome.SKIPPED)
                .map(Step::name)
                .toList();
    }
}
