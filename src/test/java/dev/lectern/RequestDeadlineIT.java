package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.admission.Deadline;
import dev.lectern.testing.LecternClient;
import dev.lectern.testing.LecternClient.Reply;
import dev.lectern.testing.LecternServer;
import dev.lectern.testing.RawHttp;
import dev.lectern.testing.TestPostgres;
import dev.lectern.testing.Timings;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("alone")
class RequestDeadlineIT {

    @Test
    void answers_no_later_than_the_deadline_and_a_tenth_of_a_second() throws Exception {
        String database = TestPostgres.freshDatabase();
        try (LecternServer lectern = LecternServer.start(
                        TestPostgres.jdbcUrl(database), Map.of("database.requestDeadline", "300ms"));
                LecternClient reader = lectern.reader();
                Connection administrator = TestPostgres.administrator(database);
                Statement statement = administrator.createStatement()) {
            assertThat(reader.get("/conversations").status()).isEqualTo(200);
            administrator.setAutoCommit(false);
            statement.execute("LOCK TABLE conversation");
            // The first refusal of a process loads the classes that refuse, which takes a busy machine longer than that
            // tenth.
            assertThat(reader.get("/conversations").status()).isEqualTo(503);

            Duration took = Timings.shortest(3, () -> {
                Reply refused = reader.get("/conversations");
                assertThat(refused.status()).isEqualTo(503);
                assertThat(refused.json().at("/type").asText()).isEqualTo("urn:lectern:problem:database-saturated");
            });
            assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofMillis(400));

            administrator.rollback();
            assertThat(reader.get("/conversations").status()).isEqualTo(200);
        }
    }

    @Test
    void begins_when_the_body_has_come() throws Exception {
        Duration patience = Duration.ofMillis(300);
        String database = TestPostgres.freshDatabase();
        try (LecternServer lectern = LecternServer.start(
                        TestPostgres.jdbcUrl(database), Map.of("database.requestDeadline", "300ms"));
                LecternClient reader = lectern.reader();
                RawHttp slow = new RawHttp(lectern.url().getPort())) {
            assertThat(reader.get("/conversations").status()).isEqualTo(200);
            String body = "{\"title\": \"Slowly typed\"}";
            slow.send("POST /api/v1/conversations HTTP/1.1\r\nHost: books.example\r\nAuthorization: Bearer "
                    + reader.token() + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length()
                    + "\r\n\r\n");
            Deadline tooLate = Deadline.in(patience.multipliedBy(2));
            while (!tooLate.passed()) {
                LockSupport.parkNanos(5_000_000);
            }
            slow.send(body);

            assertThat(slow.read().status()).isEqualTo(201);
        }
    }
}
