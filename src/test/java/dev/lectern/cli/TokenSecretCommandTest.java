package dev.lectern.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lectern.access.SigningSecret;
import io.dropwizard.core.Configuration;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import net.sourceforge.argparse4j.ArgumentParsers;
import net.sourceforge.argparse4j.inf.ArgumentParser;
import net.sourceforge.argparse4j.inf.ArgumentParserException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSecretCommandTest {

    @TempDir
    private Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private SigningSecret secret;
    private byte[] first;

    @BeforeEach
    void make() {
        secret = SigningSecret.in(home);
        first = secret.readOrMake().getFirst();
    }

    @Test
    void a_rotation_keeps_what_was_signed_before_and_a_revocation_does_not() throws Exception {
        assertThat(run("rotate")).contains("still good");
        assertThat(secret.readOrMake()).hasSize(2).last().isEqualTo(first);

        assertThat(run("rotate", "--revoke")).contains("refused");
        assertThat(secret.readOrMake()).singleElement().isNotEqualTo(first);
    }

    @Test
    void nothing_is_rotated_unless_that_is_said() {
        assertThatThrownBy(() -> run()).isInstanceOf(ArgumentParserException.class);
        assertThatThrownBy(() -> run("--revoke")).isInstanceOf(ArgumentParserException.class);
        assertThat(secret.readOrMake()).singleElement().isEqualTo(first);
    }

    private String run(String... arguments) throws ArgumentParserException {
        out.reset();
        TokenSecretCommand<Configuration> command = new TokenSecretCommand<>(
                Configuration.class, _ -> secret, new PrintStream(out, true, StandardCharsets.UTF_8));
        ArgumentParser parser = ArgumentParsers.newFor("lectern").build();
        command.configure(parser.addSubparsers().addParser("token-secret"));
        String[] line = new String[arguments.length + 1];
        line[0] = "token-secret";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        command.rotate(parser.parseArgs(line), secret);
        return out.toString(StandardCharsets.UTF_8);
    }
}
