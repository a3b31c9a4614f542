package dev.lectern.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// PostgreSQL's program in a folder: `initdb`, `postgres` and `pg_ctl`.
record ServerProgram(Path folder) {

    /// Starts one of the tools; its errors come with its output.
    ///
    /// PostgreSQL refuses to run as root, where containers often put us. In a user namespace of its own it does not
    /// see that it is; the kernel still gives its files to root.
    Process start(String tool, List<String> arguments, ProcessBuilder.Redirect output) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(folder.resolve("bin").resolve(tool).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
    }

    /// Runs one of the tools to its end, with a text for its input.
    void run(String tool, List<String> arguments, String input) {
        try {
            Process running = start(tool, arguments, ProcessBuilder.Redirect.PIPE);
            try (var stdin = running.outputWriter(StandardCharsets.UTF_8)) {
                stdin.write(input);
            }
            String output;
            try (var stdout = running.inputReader(StandardCharsets.UTF_8)) {
                output = stdout.lines().collect(Collectors.joining("\n"));
            }
            int status = running.waitFor();
            if (status != 0) {
                throw new EmbeddedDatabaseException(
                        "PostgreSQL's %s failed with status %d. It says: %s".formatted(tool, status, output.strip()));
            }
        } catch (IOException e) {
            throw new EmbeddedDatabaseException("PostgreSQL's %s cannot be run: %s".formatted(tool, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedDatabaseException("Interrupted while PostgreSQL's %s ran.".formatted(tool), e);
        }
    }

    private static boolean isRoot() throws IOException {
        Path self = Path.of("/proc/self");
        return Files.exists(self) && Integer.valueOf(0).equals(Files.getAttribute(self, "unix:uid"));
    }
}
