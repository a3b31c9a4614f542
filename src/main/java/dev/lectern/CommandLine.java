package dev.lectern;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Dropwizard's command line, which calls the program as people do: by its script, not by its jar.
record CommandLine(Bootstrap<LecternConfiguration> bootstrap, PrintStream out, PrintStream err) {

    private static final String PROGRAM = "bin/lectern";

    /// Runs a command, or shows how to where none is named.
    ///
    /// @return what went wrong
    Optional<Throwable> run(String... arguments) {
        JarLocation jar = new JarLocation(LecternApplication.class);
        ByteArrayOutputStream usage = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Optional<Throwable> failure = new Cli(jar, bootstrap, usage, errors).run(arguments);
        print(usage, jar, arguments.length == 0 ? err : out);
        print(errors, jar, err);
        return failure;
    }

    private static void print(ByteArrayOutputStream text, JarLocation jar, PrintStream to) {
        to.print(text.toString(StandardCharsets.UTF_8).replace("java -jar " + jar, PROGRAM));
        to.flush();
    }
}
