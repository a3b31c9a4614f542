package dev.lectern;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.core.setup.Bootstrap;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.junit.jupiter.api.Test;

class CommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void the_usage_names_the_script() {
        assertThat(run("--help")).isEmpty();

        assertThat(text(out)).startsWith("usage: bin/lectern ").doesNotContain("java -jar", ".jar");
    }

    @Test
    void the_usage_of_a_command_names_the_script() {
        assertThat(run("ask", "--help")).isEmpty();

        assertThat(text(out)).startsWith("usage: bin/lectern ask ");
    }

    @Test
    void no_command_is_an_error_that_is_told_where_errors_are() {
        run();

        assertThat(text(out)).isEmpty();
        assertThat(text(err)).startsWith("usage: bin/lectern ");
    }

    @Test
    void an_unknown_option_is_told_where_errors_are() {
        assertThat(run("ask", "--colour", "blue")).get().isInstanceOf(ArgumentParserException.class);

        assertThat(text(err)).contains("bin/lectern ask").doesNotContain(".jar");
    }

    @Test
    void a_password_that_is_typed_where_none_belongs_is_not_shown() {
        run("check", "postgresql://reader:s3cret@db.example.org/books");
        run("check", "--db", "postgresql://db.example.org/books?user=reader&password=s3cret");

        assertThat(text(err))
                .contains("postgresql://reader:****@db.example.org")
                .doesNotContain("s3cret");
        assertThat(text(out)).doesNotContain("s3cret");
    }

    @Test
    void every_command_that_looks_at_a_database_or_a_server_shows_examples_and_exit_codes() {
        for (String command : List.of("check", "watch", "load-test")) {
            out.reset();
            run(command, "--help");

            assertThat(text(out)).contains("Examples:\n  bin/lectern " + command + "\n", "--json", "64 usage.\n");
        }
    }

    private Optional<Throwable> run(String... arguments) {
        LecternApplication application = new LecternApplication();
        Bootstrap<LecternConfiguration> bootstrap = new Bootstrap<>(application);
        application.addDefaultCommands(bootstrap);
        application.initialize(bootstrap);
        return new CommandLine(bootstrap, print(out), print(err)).run(arguments);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream from) {
        return from.toString(StandardCharsets.UTF_8);
    }
}
