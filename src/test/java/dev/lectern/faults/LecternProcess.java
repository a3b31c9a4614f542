package dev.lectern.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lectern in a process of its own, as it is shipped.
final class LecternProcess implements AutoCloseable {

    /// How many connections it asks for, as `config.yml` has it.
    private static final int POOL_SIZE = 16;

    private static final Pattern READY = Pattern.compile("Lectern ready: (\\S+) admin (\\S+)");

    private final Process process;
    private final URI url;
    private final URI admin;

    private LecternProcess(Process process, URI url, URI admin) {
        this.process = process;
        this.url = url;
        this.admin = admin;
    }

    /// Starts it, and returns when it serves.
    ///
    /// @param home where its embedded database is
    static LecternProcess start(Path home, int port) {
        return start(home, port, Map.of(), List.of());
    }

    /// Starts it with further variables of the environment and further options of the JVM.
    static LecternProcess start(Path home, int port, Map<String, String> variables, List<String> options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(options);
        command.addAll(List.of("-jar", Path.of("target", "lectern.jar").toString(), "server", "config.yml"));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("DATABASE_") || name.startsWith("LECTERN_"));
        builder.environment().put("LECTERN_HOME", home.toString());
        builder.environment().put("LECTERN_PORT", Integer.toString(port));
        builder.environment().put("LECTERN_ADMIN_PORT", "0");
        builder.environment().put("LECTERN_LIMITS", "false");
        builder.environment().put("LECTERN_LOG_LEVEL", "WARN");
        builder.environment().put("LECTERN_LOG_FORMAT", "text");
        builder.environment().putAll(variables);
        builder.redirectError(home.resolve("server.log").toFile());
        try {
            Process process = builder.start();
            BufferedReader out = process.inputReader();
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                Matcher ready = READY.matcher(line);
                if (ready.matches()) {
                    return new LecternProcess(process, URI.create(ready.group(1)), URI.create(ready.group(2)));
                }
            }
            throw new AssertionError("Lectern did not start: see " + home.resolve("server.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return url;
    }

    Vitals vitals() {
        return Vitals.of(admin, POOL_SIZE);
    }

    /// SIGTERM; returns when it has ended.
    boolean terminate() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    /// SIGKILL; returns when it has ended.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
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
