package dev.lectern.fastpath;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A program that is run to its end.
///
/// @param variables of its environment, beside this process's
record Command(List<String> words, Map<String, String> variables) {

    static Command of(List<String> words) {
        return new Command(words, Map.of());
    }

    /// What it prints, errors too.
    ///
    /// @throws IllegalStateException where it fails
    String output() {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(variables);
        try {
            Process process = builder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(words.getFirst() + " failed: " + printed);
            }
            return printed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
