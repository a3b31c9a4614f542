package dev.lectern;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dropwizard's command line, which calls the program as people do: by its script, not by its jar.
record CommandLine(Bootstrap<LecternConfiguration> bootstrap, PrintStream out, PrintStream err) {

    private static final String PROGRAM = "bin/lectern";

    /// The password of a URL that somebody typed where none belongs, and that is quoted back.
    private static final Pattern PASSWORD = Pattern.compile("(://[^\\s:/@]*:)\\S*(?=@)|([?&]password=)[^\\s&]*");

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
        String lines = text.toString(StandardCharsets.UTF_8).replace("java -jar " + jar, PROGRAM);
        to.print(PASSWORD.matcher(lines).replaceAll(CommandLine::masked));
        to.flush();
    }

    private static String masked(MatchResult password) {
        String before = password.group(1) == null ? password.group(2) : password.group(1);
        return Matcher.quoteReplacement(before + "****");
    }
}
