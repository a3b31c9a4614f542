package dev.lectern.faults;

import static dev.lectern.faults.Figures.ms;
import static dev.lectern.faults.Figures.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.GatewaySettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The name of the database's host stops being known, and then means another address. The JVM of Lectern knows names
/// from a file, which is read whenever a name is looked up.
@Tag("faults")
@Timeout(180)
class AddressFaultIT {

    private static final String HOST = "database.example";
    private static final String OLD = "127.0.0.2";
    private static final String NEW = "127.0.0.3";

    /// Longer than the JVM believes what it has looked up.
    private static final Duration UNKNOWN = Duration.ofSeconds(4);

    @TempDir
    static Path home;

    @Test
    void a_name_that_is_not_known_hurts_nobody_and_a_new_address_is_followed() throws Exception {
        assumeTrue(loopbackHasManyAddresses(), "127.0.0.2 is not an address of this machine");
        Path hosts = home.resolve("hosts");
        means(hosts, OLD);
        GatewaySettings sleepless = GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO);
        try (EmbeddedDatabase database = EmbeddedDatabase.start(
                        EmbeddedDatabaseSettings.in(home.resolve("database")).withGateway(sleepless));
                Relay old = Relay.at(OLD, 0, port(database));
                LecternProcess lectern = LecternProcess.start(
                        Files.createDirectories(home.resolve("lectern")),
                        LecternProcess.freePort(),
                        Map.of("DATABASE_URL", at(database, old.port())),
                        List.of("-Djdk.net.hosts.file=" + hosts));
                Vitals vitals = lectern.vitals();
                Readers readers =
                        Readers.of(lectern.url(), 10, 5, Duration.ofMillis(20)).andOneWhoAsks(lectern.url())) {
            readers.awaitCalm();

            long begin = System.nanoTime();
            means(hosts, "");
            readers.await(1, sample -> sample.start() - begin > UNKNOWN.toNanos());
            Samples unknown = readers.soFar().since(begin);

            // The old address is looked up again just before it is of no use: the worst moment.
            means(hosts, OLD);
            old.cut();
            readers.awaitCalm();
            long move = System.nanoTime();
            try (Relay next = Relay.at(NEW, old.port(), port(database))) {
                assertThat(next.port()).isEqualTo(old.port());
                means(hosts, NEW);
                old.end();
                readers.await(1, sample -> sample.start() - move > 0 && sample.served());
                readers.awaitCalm();
                Samples all = readers.stop();
                Duration followed = all.where(sample -> sample.start() - move > 0)
                        .firstAfter(move, Sample::served)
                        .orElseThrow();

                FaultReport.row(
                        32,
                        "the host's name is not known for 4 s; then it has another address, and the old one refuses",
                        "existing connections go on, 100 % served; new address followed ≤ 5 s",
                        "%s of %d served; new address followed in %s"
                                .formatted(percent(unknown.share(Sample::served)), unknown.count(), ms(followed)),
                        getClass());
                assertThat(unknown.share(Sample::served)).isEqualTo(1);
                assertThat(followed).isLessThanOrEqualTo(Duration.ofSeconds(5));
                assertThat(all.where(Sample::failed).all()).isEmpty();
                readers.assertNothingLost();
                vitals.assertNothingLeft();
            }
        }
    }

    /// Replaces the file at once, so that no look-up reads half of it.
    private static void means(Path hosts, String address) throws IOException {
        Path next = hosts.resolveSibling("hosts.next");
        Files.writeString(next, "127.0.0.1 localhost\n" + (address.isEmpty() ? "" : address + " " + HOST + "\n"));
        Files.move(next, hosts, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static int port(EmbeddedDatabase database) {
        return URI.create(database.jdbcUrl().substring("jdbc:".length())).getPort();
    }

    private static String at(EmbeddedDatabase database, int port) {
        URI url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
        return database.jdbcUrl().replace(url.getAuthority(), HOST + ":" + port);
    }

    private static boolean loopbackHasManyAddresses() {
        try {
            Relay.at(NEW, 0, 0).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
