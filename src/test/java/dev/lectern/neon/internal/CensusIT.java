package dev.lectern.neon.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lectern.neon.monitor.SlotHolder;
import dev.lectern.testing.TestPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CensusIT {

    @Test
    void a_role_without_rights_of_its_own_sees_who_else_holds_connections() throws Exception {
        String database = TestPostgres.freshDatabase();
        String role = "guest_" + UUID.randomUUID().toString().replace("-", "");
        String url = TestPostgres.jdbcUrl(database) + "&ApplicationName=";
        try (Connection other = DriverManager.getConnection(url + "etl");
                Statement administrator = other.createStatement()) {
            administrator.execute("CREATE ROLE " + role + " LOGIN PASSWORD 'guest'");
            try (Connection guest =
                    DriverManager.getConnection(url.replaceAll("[?].*", "") + "?ApplicationName=app", role, "guest")) {
                assertThat(new Census().take(guest))
                        .contains(new SlotHolder("etl", "postgres", 1), new SlotHolder("app", role, 1));
            } finally {
                administrator.execute("DROP ROLE " + role);
            }
        }
    }
}
