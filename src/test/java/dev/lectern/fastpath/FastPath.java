package dev.lectern.fastpath;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.lectern.embedded.EmbeddedDatabase;
import dev.lectern.embedded.EmbeddedDatabaseSettings;
import dev.lectern.embedded.gateway.GatewaySettings;
import dev.lectern.fastpath.Trials.Subject;
import dev.lectern.testing.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/// The program: how fast a read is by the database alone, by HTTP alone and by Lectern, in turn, in one run.
///
/// `bin/load compare` runs it with the seconds of one trial and, where the tables are to be kept, a file.
public final class FastPath {

    static final int ROUNDS = 3;
    static final List<Integer> CONNECTIONS = List.of(64, 200);

    static final String ALONE = "pgbench";
    static final String CONSTANT = "constant";
    static final String LECTERN = "Lectern";

    /// Lectern with other threads, other pools, and limits that refuse nobody. The first is as it comes.
    static final Map<String, Map<String, String>> VARIANTS = variants();

    private static final GatewaySettings SLEEPLESS = GatewaySettings.DEFAULT.withSuspendAfter(Duration.ZERO);

    private final DirectDatabase database;
    private final Load load;
    private final Path folder;
    private final Trials trials = new Trials();

    private FastPath(DirectDatabase database, Load load, Path folder) {
        this.database = database;
        this.load = load;
        this.folder = folder;
    }

    private static Map<String, Map<String, String>> variants() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("virtual threads, pool of 16", Map.of());
        all.put(
                "platform threads, pool of 16",
                Map.of("LECTERN_JAVA_OPTIONS", "-Ddw.server.enableVirtualThreads=false"));
        all.put(
                "virtual threads, pool of 16, limits",
                Map.of(
                        "LECTERN_LIMITS", "true",
                        "LECTERN_LIMIT_CALLER", "999999999/1s",
                        "LECTERN_LIMIT_ADDRESS", "999999999/1s"));
        for (String size : List.of("4", "8", "32")) {
            all.put("virtual threads, pool of " + size, Map.of("LECTERN_POOL_SIZE", size));
        }
        return all;
    }

    public static void main(String[] arguments) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        try (TemporaryFolder folder = TemporaryFolder.create("fast-path");
                EmbeddedDatabase embedded = EmbeddedDatabase.start(
                        EmbeddedDatabaseSettings.in(folder.path().resolve("database"))
                                .withGateway(SLEEPLESS))) {
            DirectDatabase database = DirectDatabase.of(embedded);
            Seed seed = Seed.in(database);
            database.analyze();
            Load load = new Load(database, seed, Integer.parseInt(arguments[0]));
            FastPath run = new FastPath(database, load, folder.path());
            FastPathReport report = FastPathReport.begin(load.seconds());
            run.compare();
            run.vary();
            String text = report.of(run.trials);
            System.out.println(text);
            if (arguments.length > 1) {
                Files.writeString(Path.of(arguments[1]), text);
            }
        }
    }

    private void compare() throws IOException, InterruptedException {
        try (ServerProcess lectern = lectern(Map.of());
                ServerProcess constant = ServerProcess.constant(lectern, fresh(), bodies())) {
            load.warmUp(constant);
            load.warmUp(lectern);
            for (int round = 0; round < ROUNDS; round++) {
                for (Read read : Read.values()) {
                    trials.add(new Subject(ALONE, read, 0), load.alone(read, folder));
                    for (int connections : CONNECTIONS) {
                        trials.add(new Subject(CONSTANT, read, connections), load.http(constant, read, connections));
                        trials.add(new Subject(LECTERN, read, connections), load.http(lectern, read, connections));
                    }
                }
            }
        }
    }

    private void vary() throws IOException, InterruptedException {
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Map<String, String>> variant : VARIANTS.entrySet()) {
                ServerProcess server = lectern(variant.getValue());
                servers.put(variant.getKey(), server);
                load.warmUp(server);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int connections : CONNECTIONS) {
                    for (Map.Entry<String, ServerProcess> each : servers.entrySet()) {
                        Subject subject = new Subject(each.getKey(), Read.HISTORY, connections);
                        trials.add(subject, load.http(each.getValue(), Read.HISTORY, connections));
                    }
                }
            }
        } finally {
            servers.values().forEach(ServerProcess::close);
        }
    }

    private ServerProcess lectern(Map<String, String> variables) throws IOException {
        return ServerProcess.lectern(fresh(), database.jdbcUrl(), variables);
    }

    private Path bodies() throws IOException {
        Path bodies = fresh();
        for (Read read : Read.values()) {
            Files.writeString(
                    bodies.resolve(ConstantApplication.file(read)), load.seed().body(read));
        }
        return bodies;
    }

    private Path fresh() throws IOException {
        return Files.createTempDirectory(folder, "part");
    }
}
