package dev.lectern.console;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.OperatorClient;
import dev.lectern.testing.TestPostgres;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// What an operator may have logged while Lectern runs: by the console's action and by Dropwizard's task.
class LogLevelsIT {

    private static LecternServer lectern;
    private static OperatorClient operator;

    @BeforeAll
    static void start() {
        lectern = LecternServer.start(TestPostgres.jdbcUrl(TestPostgres.freshDatabase()), Map.of());
        operator = new OperatorClient(lectern);
    }

    @AfterAll
    static void stop() {
        operator.close();
        lectern.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ROOT",
                "root",
                "org.eclipse.jetty",
                "org.postgresql",
                "dev.langchain4j",
                "dev",
                "dev.lecternx",
                "dev.lectern.operators"
            })
    void no_part_is_made_to_log_what_readers_say_or_to_hide_what_operators_do(String logger) {
        Level before = ((Logger) LoggerFactory.getLogger(logger)).getLevel();

        Reply action =
                operator.act("log-level", "{\"logger\": \"" + logger + "\", \"level\": \"TRACE\", \"minutes\": 1}");
        Reply task = operator.send("POST", "/tasks/log-level?logger=dev.lectern.book&level=TRACE&logger=" + logger, "");
        Reply form = operator.send(
                "POST",
                "/tasks/log-level",
                "level=TRACE&logger=" + logger,
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(List.of(action.status(), task.status(), form.status())).containsOnly(422);
        assertThat(action.json().at("/errors/0/pointer").asText()).isEqualTo("/logger");
        assertThat(task.json().at("/errors/0/pointer").asText()).isEqualTo("logger");
        assertThat(((Logger) LoggerFactory.getLogger(logger)).getLevel()).isEqualTo(before);
    }

    @Test
    void the_task_sets_what_the_action_sets() {
        Reply done = operator.send("POST", "/tasks/log-level?logger=com.zaxxer.hikari.pool&level=INFO", "");

        assertThat(done.status()).isEqualTo(200);
        assertThat(LoggerFactory.getLogger("com.zaxxer.hikari.pool").isInfoEnabled())
                .isTrue();
    }

    @Test
    void who_did_what_is_logged_also_where_all_else_is_silent() {
        for (String task : new String[] {"?logger=dev.lectern&level=OFF&duration=PT1M", "?logger=dev.lectern&level="}) {
            assertThat(operator.send("POST", "/tasks/log-level" + task, "").status())
                    .isEqualTo(200);
            assertThat(LoggerFactory.getLogger("dev.lectern.operators").isInfoEnabled())
                    .isTrue();
        }
    }
}
