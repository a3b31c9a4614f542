package dev.lectern.fastpath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What asks the database and the servers, as fast as they answer, and how fast that is.
///
/// @param seconds for how long at a time
record Load(DirectDatabase database, Seed seed, int seconds) {

    /// As many connections as Lectern's pool has.
    static final int CLIENTS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    /// How often in a row no method waits to be compiled before it counts: between two waves it happens, too.
    private static final int IN_A_ROW = 5;

    private static final int FEW = 8;
    private static final int WARM_UP = 10;
    private static final int MOST_ROUNDS = 12;

    /// The warm-up goes on while a round is cheaper than all before, but for so many in a row.
    private static final double CHEAPER = 0.95;

    private static final int IN_VAIN = 2;

    private static final String REQUESTS = "(\\d+) requests in ";

    /// (a) the statement alone.
    Trial alone(Read read, Path scripts) {
        try {
            Path script = scripts.resolve(read.name() + ".sql");
            Files.writeString(script, seed.script(read));
            List<String> words = new ArrayList<>(List.of("pgbench", "-n", "-M", "prepared"));
            words.addAll(List.of("-c", "" + CLIENTS, "-j", "2", "-T", "" + seconds, "-f", script.toString()));
            List<String> parameters = read.parameters(seed);
            for (int i = 0; i < parameters.size(); i++) {
                words.addAll(List.of("-D", "p" + (i + 1) + "=" + parameters.get(i)));
            }
            Duration before = ProcessorTime.ofFamily(database.postmaster());
            String output = new Command(words, database.variables()).output();
            Duration used = ProcessorTime.ofFamily(database.postmaster()).minus(before);
            double rate = number("tps = ([0-9.]+)", output);
            double count = number("transactions actually processed: ([0-9]+)", output);
            return new Trial(rate, 0, 0, 0, micros(used) / count, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// (b), (c) and (d): a route, on so many connections.
    Trial http(ServerProcess server, Read read, int connections) throws InterruptedException {
        int queue = settle(server);
        server.emptyLog();
        Duration before = server.processorTime();
        Duration postgresBefore = ProcessorTime.ofFamily(database.postmaster());
        String output = wrk(server, read, connections, seconds);
        Duration used = server.processorTime().minus(before);
        Duration postgres = ProcessorTime.ofFamily(database.postmaster()).minus(postgresBefore);
        if (output.contains("Socket errors")) {
            throw new IllegalStateException(output);
        }
        double all = number(REQUESTS, output);
        double refused = output.contains("Non-2xx") ? number("Non-2xx or 3xx responses: (\\d+)", output) : 0;
        return new Trial(
                number("Requests/sec: +([0-9.]+)", output) * (1 - refused / all),
                100 * refused / all,
                millis(output),
                micros(used) / all,
                micros(postgres) / all,
                queue);
    }

    /// Until an answer costs no less than it did. At low concurrency: where the processors are taken the
    /// compilers fall behind, and what is measured then is an interpreter. That their queue is empty is not
    /// enough: it is so, too, while a method has not been called often enough. Then once by each crowd: what
    /// happens only where many wait has code thrown away that was compiled without it.
    void warmUp(ServerProcess server, List<Read> reads) {
        double least = Double.MAX_VALUE;
        int inVain = 0;
        for (int round = 0; round < MOST_ROUNDS && inVain < IN_VAIN; round++) {
            double cost = 0;
            for (Read read : reads) {
                cost += warmUp(server, read);
            }
            System.out.println(String.format(Locale.ROOT, "warming up: %.0f µs for %s", cost, reads));
            inVain = cost < CHEAPER * least ? 0 : inVain + 1;
            least = Math.min(cost, least);
        }
        for (int connections : FastPath.CONNECTIONS) {
            for (Read read : reads) {
                wrk(server, read, connections, seconds);
            }
        }
    }

    /// Microseconds of the server for one answer.
    private double warmUp(ServerProcess server, Read read) {
        Duration start = server.processorTime();
        String output = wrk(server, read, FEW, WARM_UP);
        return micros(server.processorTime().minus(start)) / number(REQUESTS, output);
    }

    /// Waits until no method waits to be compiled.
    ///
    /// @return how many still do
    private static int settle(ServerProcess server) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int queue = server.methodsToCompile();
        int empty = 0;
        while (empty < IN_A_ROW && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK);
            queue = server.methodsToCompile();
            empty = queue == 0 ? empty + 1 : 0;
        }
        return queue;
    }

    private String wrk(ServerProcess server, Read read, int connections, int time) {
        return Command.of(List.of(
                        "wrk",
                        "-t" + (connections < CLIENTS ? 1 : 2),
                        "-c" + connections,
                        "-d" + time + "s",
                        "--latency",
                        "-H",
                        "Authorization: Bearer " + seed.token(),
                        server.url() + "/api/v1" + read.path(seed.conversation())))
                .output();
    }

    private static double micros(Duration duration) {
        return duration.toNanos() / 1e3;
    }

    private static double millis(String output) {
        Matcher found = find(" 99% +([0-9.]+)(us|ms|s)", output);
        double scale = switch (found.group(2)) {
            case "us" -> 1e-3;
            case "ms" -> 1;
            default -> 1e3;
        };
        return scale * Double.parseDouble(found.group(1));
    }

    private static double number(String pattern, String output) {
        return Double.parseDouble(find(pattern, output).group(1));
    }

    private static Matcher find(String pattern, String output) {
        Matcher matcher = Pattern.compile(pattern).matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in " + output);
        }
        return matcher;
    }
}
