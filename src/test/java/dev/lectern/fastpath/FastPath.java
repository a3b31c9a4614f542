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
/// `bin/load limits` has it try what limits cost.
public final class FastPath {

    static final int ROUNDS = 3;
    static final List<Integer> CONNECTIONS = List.of(64, 200);

    static final String ALONE = "pgbench";
    static final String CONSTANT = "constant";
    static final String LECTERN = "Lectern";
    static final String PLAIN = "plain pool";

    /// Lectern with other threads and other pools; the first is as it comes.
    static final Map<String, Map<String, String>> VARIANTS = variants();

    /// Lectern without limits, and with some that refuse nobody.
    static final Map<String, Map<String, String>> LIMITS = limits();

    static final int PAIRS = 9;

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
        for (String size : List.of("4", "8", "32")) {
            all.put("virtual threads, pool of " + size, Map.of("LECTERN_POOL_SIZE", size));
        }
        return all;
    }

    private static Map<String, Map<String, String>> limits() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        all.put("without limits", Map.of());
        all.put(
                "with limits",
                Map.of(
                        "LECTERN_LIMITS", "true",
                        "LECTERN_LIMIT_CALLER", "999999999/1s",
                        "LECTERN_LIMIT_ADDRESS", "999999999/1s"));
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
            Load load = new Load(database, seed, Integer.parseInt(arguments[1]));
            FastPath run = new FastPath(database, load, folder.path());
            FastPathReport report = FastPathReport.begin(load.seconds());
            String text = arguments[0].equals("limits") ? run.limits(report) : run.compare(report);
            System.out.println(text);
            if (arguments.length > 2) {
                Files.writeString(Path.of(arguments[2]), text);
            }
        }
    }

    private String limits(FastPathReport report) throws IOException, InterruptedException {
        vary(LIMITS, CONNECTIONS.subList(0, 1), PAIRS);
        return report.limits(trials);
    }

    private String compare(FastPathReport report) throws IOException, InterruptedException {
        compare();
        vary(VARIANTS, CONNECTIONS, ROUNDS);
        return report.of(trials);
    }

    private void compare() throws IOException, InterruptedException {
        try (ServerProcess lectern = lectern(Map.of());
                ServerProcess constant = ServerProcess.constant(lectern, fresh(), bodies(), Map.of());
                ServerProcess plain = ServerProcess.constant(
                        lectern, fresh(), bodies(), Map.of(ConstantApplication.DATABASE, database.jdbcUrl()))) {
            List<Read> reads = List.of(Read.values());
            load.warmUp(constant, reads);
            load.warmUp(plain, reads);
            load.warmUp(lectern, reads);
            for (int round = 0; round < ROUNDS; round++) {
                for (Read read : reads) {
                    trials.add(new Subject(ALONE, read, 0), load.alone(read, folder));
                    for (int connections : CONNECTIONS) {
                        trials.add(new Subject(CONSTANT, read, connections), load.http(constant, read, connections));
                        trials.add(new Subject(PLAIN, read, connections), load.http(plain, read, connections));
                        trials.add(new Subject(LECTERN, read, connections), load.http(lectern, read, connections));
                    }
                }
            }
        }
    }

    private void vary(Map<String, Map<String, String>> variants, List<Integer> crowds, int rounds)
            throws IOException, InterruptedException {
        Map<String, ServerProcess> servers = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Map<String, String>> variant : variants.entrySet()) {
                ServerProcess server = lectern(variant.getValue());
                servers.put(variant.getKey(), server);
                load.warmUp(server, List.of(Read.HISTORY));
            }
            for (int round = 0; round < rounds; round++) {
                for (int connections : crowds) {
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
        PlainPool.write(load.seed(), bodies);
        return bodies;
    }

    private Path fresh() throws IOException {
        return Files.createTempDirectory(folder, "part");
    }
}
