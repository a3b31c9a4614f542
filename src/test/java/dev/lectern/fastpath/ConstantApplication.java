package dev.lectern.fastpath;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.ServerConnector;

/// Answers on Lectern's paths what Lectern has answered once: what Jetty and Jersey cost, with the server's settings of
/// Lectern's own configuration and nothing else of it. Where it is told of a database, it first does there what Lectern
/// did, by a [PlainPool].
public final class ConstantApplication extends Application<ConstantApplication.ServerOnly> {

    /// The environment's variable that names the folder with the bodies.
    static final String BODIES = "CONSTANT_BODIES";

    /// The environment's variable with the database's URL, where there is one to be asked.
    static final String DATABASE = "CONSTANT_DATABASE";

    /// What a Dropwizard application has to know of `config.yml`.
    @JsonIgnoreProperties(ignoreUnknown = true)
    public static final class ServerOnly extends Configuration {}

    public static void main(String[] arguments) throws Exception {
        new ConstantApplication().run(arguments);
    }

    static String file(Read read) {
        return read.name();
    }

    @Override
    public void initialize(Bootstrap<ServerOnly> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
    }

    @Override
    public void run(ServerOnly configuration, Environment environment) throws IOException {
        java.nio.file.Path bodies = java.nio.file.Path.of(System.getenv(BODIES));
        environment
                .jersey()
                .register(new ConstantResource(
                        Files.readAllBytes(bodies.resolve(file(Read.CONVERSATION))),
                        Files.readAllBytes(bodies.resolve(file(Read.HISTORY))),
                        before(bodies)));
        environment.lifecycle().addServerLifecycleListener(server -> {
            for (Connector connector : server.getConnectors()) {
                if ("application".equals(connector.getName())) {
                    System.out.println(
                            "Constant ready: http://127.0.0.1:" + ((ServerConnector) connector).getLocalPort());
                }
            }
        });
    }

    /// What is done before an answer.
    private static Consumer<Read> before(java.nio.file.Path statements) throws IOException {
        String database = System.getenv(DATABASE);
        return database == null ? _ -> {} : new PlainPool(database, statements)::read;
    }

    /// The two routes.
    @Path("/api/v1/conversations/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public static final class ConstantResource {

        private final byte[] conversation;
        private final byte[] history;
        private final Consumer<Read> before;

        ConstantResource(byte[] conversation, byte[] history, Consumer<Read> before) {
            this.conversation = conversation;
            this.history = history;
            this.before = before;
        }

        @GET
        public byte[] conversation() {
            before.accept(Read.CONVERSATION);
            return conversation;
        }

        @GET
        @Path("/messages")
        public byte[] history() {
            before.accept(Read.HISTORY);
            return history;
        }
    }
}
