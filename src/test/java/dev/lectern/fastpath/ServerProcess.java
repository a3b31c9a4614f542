package dev.lectern.fastpath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An HTTP server in a process of its own. What it logs goes to a file, as it would in earnest.
final class ServerProcess implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("(?m)^\\w+ ready: (\\S+)");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Process process;
    private final Path log;
    private final URI url;

    private ServerProcess(Process process, Path log, URI url) {
        this.process = process;
        this.log = log;
        this.url = url;
    }

    /// Lectern, started by the script that operators start it with.
    ///
    /// @param home a folder of its own
    /// @param variables what differs from the defaults
    static ServerProcess lectern(Path home, String databaseUrl, Map<String, String> variables) {
        ProcessBuilder builder =
                new ProcessBuilder(Path.of("bin", "run").toAbsolutePath().toString());
        builder.environment().put("DATABASE_URL", databaseUrl);
        builder.environment().put("LECTERN_TOKEN_SECRET", Seed.SECRET);
        builder.environment().put("LECTERN_REHEARSAL", "off");
        builder.environment().put("LECTERN_LIMITS", "false");
        builder.environment().putAll(variables);
        return start(builder, home);
    }

    /// The application that answers with constants, on the same JVM with the same options and the same scheduling as
    /// another server.
    ///
    /// @param bodies the folder with what it answers
    /// @param variables what differs from the defaults
    static ServerProcess constant(ServerProcess like, Path home, Path bodies, Map<String, String> variables) {
        String[] arguments = like.process.info().arguments().orElseThrow();
        List<String> command = new ArrayList<>();
        if (SchedulingPolicy.of(like.process.pid()).equals(SchedulingPolicy.BATCH)) {
            command.addAll(List.of("chrt", "--batch", "0"));
        }
        command.add(like.process.info().command().orElseThrow());
        List.of(arguments).subList(0, List.of(arguments).indexOf("-jar")).stream()
                .filter(option -> !option.contains("Archive")) // of Lectern's classes
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ConstantApplication.class.getName(),
                "server",
                "config.yml"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put(ConstantApplication.BODIES, bodies.toString());
        builder.environment().putAll(variables);
        return start(builder, home);
    }

    private static ServerProcess start(ProcessBuilder builder, Path home) {
        builder.environment().put("LECTERN_HOME", home.toString());
        builder.environment().put("LECTERN_PORT", "0");
        builder.environment().put("LECTERN_ADMIN_PORT", "0");
        try {
            Path log = Files.createDirectories(home).resolve("log");
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            long deadline = System.nanoTime() + START.toNanos();
            while (process.isAlive() && System.nanoTime() - deadline < 0) {
                Matcher ready = READY.matcher(Files.readString(log));
                if (ready.find()) {
                    return new ServerProcess(process, log, URI.create(ready.group(1)));
                }
                Thread.sleep(LOOK);
            }
            process.destroy();
            throw new IllegalStateException("it did not start: " + Files.readString(log));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI url() {
        return url;
    }

    Duration processorTime() {
        return ProcessorTime.of(process.pid());
    }

    /// How many methods its compilers compile or have yet to compile.
    int methodsToCompile() {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String queues = Command.of(List.of(jcmd, Long.toString(process.pid()), "Compiler.queue"))
                .output();
        return (int) queues.lines().filter(line -> line.contains("::")).count();
    }

    /// Forgets what it has logged, of which there is much.
    void emptyLog() {
        try {
            Files.writeString(log, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
