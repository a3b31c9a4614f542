package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Holds the dashboard and the alerts in `docs/operations` to what `/metrics` shows once all has happened that can.
class OperationsIT {

    private static final Path FOLDER = Path.of("docs", "operations");
    private static final Pattern WORD = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");

    /// What is no metric in PromQL: selectors, strings, ranges and the labels of a grouping.
    private static final Pattern NO_METRIC = Pattern.compile(
            "\\{[^}]*}|\"[^\"]*\"|\\[[^]]*]|\\b(by|without|on|ignoring)\\s*\\([^)]*\\)|\\b\\d+(\\.\\d+)?\\b");

    private static final Set<String> LANGUAGE =
            Set.of("sum", "max", "min", "rate", "increase", "absent", "histogram_quantile", "and", "or", "unless");

    private static Set<String> shown;

    @BeforeAll
    static void serve() throws Exception {
        String database = TestPostgres.freshDatabase();
        try (LecternServer lectern = LecternServer.start(
                                TestPostgres.jdbcUrl(database),
                                Map.of("database.requestDeadline", "2s", "database.maximumPoolSize", "1"))
                        .withPoolsBook();
                LecternClient reader = lectern.reader();
                OperatorClient operator = new OperatorClient(lectern)) {
            String conversation = reader.converse("pools");
            reader.ask(conversation, "What is a permit?");
            try (Connection administrator = TestPostgres.administrator(database);
                    Statement statement = administrator.createStatement()) {
                administrator.setAutoCommit(false);
                statement.execute("LOCK TABLE conversation");
                reader.ask(conversation, "What is a compute?");
                administrator.rollback();
            }
            operator.act("pause", "{\"seconds\": 60}");
            reader.ask(conversation, "What is a pool?");
            shown = names(lectern.adminUrl());
        }
    }

    @Test
    void every_metric_of_the_dashboard_is_shown() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(FOLDER.resolve("grafana-dashboard.json").toFile());
        List<String> expressions = dashboard.findValuesAsText("expr");

        assertThat(expressions).hasSizeGreaterThan(20);
        assertThat(shown).containsAll(metrics(expressions));
    }

    @Test
    void every_metric_of_an_alert_is_shown() throws Exception {
        List<String> expressions =
                alerts().stream().map(each -> each.get("expr").asText()).toList();

        assertThat(expressions).hasSizeGreaterThan(10);
        assertThat(shown).containsAll(metrics(expressions));
    }

    @Test
    void every_alert_says_what_happened_and_what_to_do() throws Exception {
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.at("/annotations/summary").asText()).endsWith(".");
            assertThat(alert.at("/annotations/runbook").asText())
                    .hasSizeGreaterThan(40)
                    .endsWith(".");
            assertThat(alert.at("/labels/severity").asText()).isIn("page", "ticket");
        });
    }

    private static List<JsonNode> alerts() throws IOException {
        JsonNode file = new ObjectMapper(new YAMLFactory())
                .readTree(FOLDER.resolve("alerts.yml").toFile());
        return StreamSupport.stream(file.get("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
                .toList();
    }

    private static Set<String> metrics(List<String> expressions) {
        return expressions.stream()
                .flatMap(
                        expression -> WORD.matcher(NO_METRIC.matcher(expression).replaceAll(" "))
                                .results()
                                .map(MatchResult::group))
                .filter(word -> !LANGUAGE.contains(word))
                .collect(Collectors.toSet());
    }

    private static Set<String> names(URI admin) throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(admin + "/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toSet());
        }
    }
}
