package dev.lectern.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.access.ApiKey;
import dev.lectern.access.ApiKeyRegister;
import dev.lectern.access.Scope;
import dev.lectern.problem.ProblemException;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import net.sourceforge.argparse4j.inf.Subparsers;
import org.jspecify.annotations.Nullable;

/// `api-key create | list | revoke`: the keys by which servers are let in.
///
/// @param <C> the application's configuration
public final class ApiKeyCommand<C extends Configuration> extends CommandWithConfiguration<C> {

    private static final int USAGE = 64;
    private static final int FAILED = 1;
    private static final int LONGEST_NAME = 100;
    private static final Pattern LIFETIME = Pattern.compile("([1-9]\\d{0,4})(d|h)");
    private static final String SCOPES =
            Stream.of(Scope.values()).map(Scope::toString).collect(Collectors.joining(", "));

    /// The keys of a database, and what is to be closed after them.
    public interface Session extends AutoCloseable {

        ApiKeyRegister keys();

        /// Tells a server that runs in the same home that they are others now.
        void changed();

        @Override
        void close();
    }

    private final Function<C, Session> sessions;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final PrintStream out;

    /// @param sessions opens the database
    public ApiKeyCommand(
            Class<C> configuration,
            Function<C, Session> sessions,
            ObjectMapper json,
            InstantSource clock,
            PrintStream out) {
        super(configuration, "api-key", "makes, lists and revokes the API keys of servers");
        this.sessions = sessions;
        this.json = json;
        this.clock = clock;
        this.out = out;
    }

    @Override
    public void configure(Subparser parser) {
        Subparsers actions = parser.addSubparsers().dest("action").metavar("create|list|revoke");
        Subparser create = actions.addParser("create").help("makes a key and shows it, this once");
        create.addArgument("--name").required(true).help("for whom it is, for people who read the list");
        create.addArgument("--scope")
                .required(true)
                .nargs("+")
                .action(Arguments.append())
                .metavar("S")
                .help("what for: " + SCOPES);
        create.addArgument("--expires").metavar("90d").help("after how long it ends by itself: 12h, 90d");
        addFileArgument(create);
        Subparser list = actions.addParser("list").help("shows all keys and when they were last used");
        list.addArgument("--json").action(Arguments.storeTrue()).help("print JSON");
        addFileArgument(list);
        Subparser revoke = actions.addParser("revoke").help("has a key refused everywhere");
        revoke.addArgument("id").metavar("ID").help("as the list shows it");
        addFileArgument(revoke);
    }

    @Override
    protected void run(Bootstrap<C> bootstrap, Namespace arguments, C configuration) {
        run(arguments, () -> sessions.apply(configuration));
    }

    void run(Namespace arguments, Supplier<Session> opened) {
        try {
            switch (arguments.getString("action")) {
                case "create" -> create(arguments, opened);
                case "list" -> list(arguments.getBoolean("json"), opened);
                default -> revoke(arguments.getString("id"), opened);
            }
        } catch (ProblemException e) {
            throw new CommandFailedException(FAILED, "api-key: " + e.problem().detail(), e);
        }
    }

    private void create(Namespace arguments, Supplier<Session> opened) {
        String name = arguments.getString("name").strip();
        if (name.isEmpty()
                || name.length() > LONGEST_NAME
                || !Printable.line(name).equals(name)) {
            throw usage("--name is one line of 1 to " + LONGEST_NAME + " characters");
        }
        Set<Scope> scopes = scopes(arguments.<List<String>>getList("scope"));
        Duration lifetime = lifetime(arguments.getString("expires"));
        try (Session session = opened.get()) {
            ApiKeyRegister.Created created = session.keys().create(name, scopes, lifetime);
            session.changed();
            out.println(created.text());
            Instant end = created.key().expiresAt();
            System.err.println("This key is shown once and kept nowhere. Its id is "
                    + created.key().id() + "; it "
                    + (end == null ? "does not expire." : "expires at " + end.truncatedTo(ChronoUnit.SECONDS) + "."));
        }
    }

    private void list(boolean asJson, Supplier<Session> opened) {
        List<ApiKey> keys;
        try (Session session = opened.get()) {
            keys = session.keys().list();
        }
        if (asJson) {
            ArrayNode items = json.createArrayNode();
            keys.forEach(key -> items.add(json(key)));
            out.println(items);
            return;
        }
        String form = "%-12s  %-8s  %-20s  %-20s  %-20s  %-32s  %s%n";
        out.printf(form, "id", "state", "created", "expires", "last used", "scopes", "name");
        keys.forEach(key -> out.printf(
                form,
                key.id(),
                key.state(clock.instant()),
                time(key.createdAt(), ""),
                time(key.expiresAt(), "never"),
                time(key.lastUsedAt(), "never"),
                words(key).collect(Collectors.joining(",")),
                Printable.line(key.name())));
    }

    private void revoke(String id, Supplier<Session> opened) {
        ApiKey revoked;
        try (Session session = opened.get()) {
            revoked = session.keys()
                    .revoke(id)
                    .orElseThrow(() ->
                            new CommandFailedException(FAILED, "api-key: there is no key " + Printable.line(id, 40)));
            session.changed();
        }
        out.println("Revoked " + id + ": every server that reaches its database refuses it within 60 s.");
        if (revoked.scopes().contains(Scope.ADMIN_READ)) {
            out.println("Where nobody uses the database it may look at the admin port for up to 6 h;"
                    + " POST /tasks/refresh-api-keys there ends that now.");
        }
    }

    private ObjectNode json(ApiKey key) {
        ObjectNode object = json.createObjectNode()
                .put("id", key.id())
                .put("name", key.name())
                .put("state", key.state(clock.instant()))
                .put("created_at", key.createdAt().toString())
                .put("expires_at", text(key.expiresAt()))
                .put("revoked_at", text(key.revokedAt()))
                .put("last_used_at", text(key.lastUsedAt()));
        ArrayNode scopes = object.putArray("scopes");
        words(key).forEach(scopes::add);
        return object;
    }

    private static Stream<String> words(ApiKey key) {
        return key.scopes().stream().map(Scope::toString).sorted();
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static String time(@Nullable Instant time, String none) {
        return time == null ? none : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// @param words those of each time that the option was given
    private static Set<Scope> scopes(List<List<String>> words) {
        return words.stream()
                .flatMap(List::stream)
                .map(word -> Scope.of(word)
                        .orElseThrow(() ->
                                usage("--scope is one of " + SCOPES + ", not \"" + Printable.line(word, 40) + "\"")))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Scope.class)));
    }

    private static @Nullable Duration lifetime(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Matcher matcher = LIFETIME.matcher(text);
        if (!matcher.matches()) {
            throw usage("--expires is written as 12h or 90d");
        }
        long number = Long.parseLong(matcher.group(1));
        return matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
    }

    private static CommandFailedException usage(String message) {
        return new CommandFailedException(USAGE, "api-key: " + message);
    }
}
