package dev.lectern.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;
import org.jspecify.annotations.Nullable;

/// Visits a running Lectern as readers do who use each of its routes, one visit after the other: tells whether all
/// of it works, and is what `bin/rehearse` lets a JVM learn from.
public final class VisitCommand extends Command {

    private static final String DEFAULT_URL = "http://127.0.0.1:8080";
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final int MOST_READERS = 64;

    private final PrintStream out;
    private final ObjectMapper json;

    public VisitCommand(PrintStream out, ObjectMapper json) {
        super("visit", "visits a running Lectern as readers do, and tells whether all of it works");
        this.out = out;
        this.json = json;
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--url")
                .setDefault(System.getProperty("lectern.url", DEFAULT_URL))
                .help("where Lectern is");
        parser.addArgument("--book").setDefault("handbook").help("the slug of the book that is read");
        parser.addArgument("--readers").type(Integer.class).setDefault(1).help("how many there are at once");
        parser.addArgument("--for")
                .dest("time")
                .setDefault("0s")
                .help(
                        "how long they go on: 30s, 5m; each makes one visit at least, and each visit a new reader, of whom"
                                + " LECTERN_LIMIT_NEW_READERS allows so many");
        parser.epilog("Example: bin/lectern visit --readers 8 --for 10s");
    }

    @Override
    public void run(@Nullable Bootstrap<?> bootstrap, Namespace arguments) throws InterruptedException {
        int readers = arguments.getInt("readers");
        if (readers < 1 || readers > MOST_READERS) {
            throw new CommandFailedException(64, "--readers is between 1 and " + MOST_READERS + ", not " + readers);
        }
        Duration time = DurationOption.read("--for", arguments.getString("time"), Duration.ZERO, LONGEST);
        URI api = LecternUrl.api(arguments.getString("url"));
        String book = arguments.getString("book");
        long end = System.nanoTime() + time.toNanos();
        long begin = System.nanoTime();
        List<Future<Integer>> visits = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Visitor visitor = new Visitor(api, json, book)) {
            for (int i = 0; i < readers; i++) {
                visits.add(threads.submit(() -> visitor.visitUntil(end)));
            }
            int requests = 0;
            for (Future<Integer> visit : visits) {
                requests += requests(visit);
            }
            out.println(requests + " requests in "
                    + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms, all answered as they should be");
        }
    }

    private static int requests(Future<Integer> visit) throws InterruptedException {
        try {
            return visit.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandFailedException failed
                    ? failed
                    : new CommandFailedException(1, String.valueOf(e.getCause()), e);
        }
    }

    @Override
    public void onError(Cli cli, @Nullable Namespace namespace, Throwable failure) {
        cli.getStdErr().println(failure instanceof CommandFailedException ? failure.getMessage() : failure.toString());
    }
}
