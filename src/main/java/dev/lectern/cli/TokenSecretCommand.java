package dev.lectern.cli;

import dev.lectern.access.SigningSecret;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.util.function.Function;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/// `token-secret rotate [--revoke]`: a new secret for readers' tokens, where it is kept in the home.
///
/// @param <C> the application's configuration
public final class TokenSecretCommand<C extends Configuration> extends CommandWithConfiguration<C> {

    private final Function<C, SigningSecret> secrets;
    private final PrintStream out;

    /// @param secrets where a configuration has it kept
    public TokenSecretCommand(Class<C> configuration, Function<C, SigningSecret> secrets, PrintStream out) {
        super(configuration, "token-secret", "rotates the secret that readers' tokens are signed with");
        this.secrets = secrets;
        this.out = out;
    }

    @Override
    public void configure(Subparser parser) {
        Subparser rotate = parser.addSubparsers()
                .dest("action")
                .metavar("rotate")
                .addParser("rotate")
                .help("makes a new secret; a running server takes it up within seconds");
        rotate.addArgument("--revoke")
                .action(Arguments.storeTrue())
                .help("have all tokens refused that were issued before: each reader becomes a new one");
        addFileArgument(rotate);
    }

    @Override
    protected void run(Bootstrap<C> bootstrap, Namespace arguments, C configuration) {
        rotate(arguments, secrets.apply(configuration));
    }

    void rotate(Namespace arguments, SigningSecret secret) {
        boolean revoking = arguments.getBoolean("revoke");
        secret.rotate(revoking);
        out.println(
                revoking
                        ? "Tokens are signed with a new secret, and all that were issued before are refused."
                        : "Tokens are signed with a new secret; those that were issued before are still good.");
    }
}
