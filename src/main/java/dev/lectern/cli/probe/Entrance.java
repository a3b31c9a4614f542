package dev.lectern.cli.probe;

import dev.lectern.neon.NeonUrl;
import dev.lectern.neon.failure.DatabaseFailure.Down;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The way to the server's door, one step after the other: its name, and a TCP connection.
final class Entrance {

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(5);

    private final NeonUrl url;
    private final Failing failing;
    private final Duration timeout;
    private List<InetAddress> addresses = List.of();
    private @Nullable InetSocketAddress server;

    Entrance(NeonUrl url, Failing failing, Duration timeout) {
        this.url = url;
        this.failing = failing;
        this.timeout = timeout;
    }

    /// Where a connection was made; only after [#tcp].
    InetSocketAddress server() {
        if (server == null) {
            throw new IllegalStateException("no connection was made");
        }
        return server;
    }

    /// Resolves the name.
    Step name() throws InterruptedException {
        FutureTask<InetAddress[]> lookUp = new FutureTask<>(() -> InetAddress.getAllByName(url.host()));
        Thread.ofVirtual().name("look-up").start(lookUp);
        try {
            addresses = List.of(lookUp.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return unreachable("name", "no name server answered", "Check this machine's name servers.");
        } catch (ExecutionException e) {
            String words = e.getCause() instanceof UnknownHostException
                    ? "no address is known for " + url.host()
                    : failing.words(e);
            return unreachable(
                    "name", words, "Compare the host in the connection string with Neon's console, letter by letter.");
        }
        List<String> texts =
                addresses.stream().map(InetAddress::getHostAddress).distinct().toList();
        String named = url.host().replaceAll("[\\[\\]]", "");
        String seen = texts.contains(named) ? named + " is an address" : named + " is " + String.join(", ", texts);
        return Step.ok("name", seen, Map.of("addresses", texts));
    }

    /// Connects to each address in turn until one takes it, and hangs up.
    Step tcp() {
        Duration patience = timeout.compareTo(LONGEST_CONNECT) < 0 ? timeout : LONGEST_CONNECT;
        String words = "";
        for (InetAddress address : addresses) {
            InetSocketAddress candidate = new InetSocketAddress(address, url.port());
            try (Socket socket = new Socket()) {
                socket.connect(candidate, Math.toIntExact(patience.toMillis()));
                server = candidate;
                String text = text(candidate);
                return Step.ok("tcp", text + " takes connections", Map.of("address", text));
            } catch (IOException e) {
                words = text(candidate) + ": " + failing.words(e);
            }
        }
        return unreachable(
                "tcp",
                words,
                "Check that the server runs, the port, and the firewalls and allowed addresses on the way to it.");
    }

    private static Step unreachable(String name, String seen, String next) {
        Down failure = new Down(Down.Reason.UNREACHABLE);
        return Step.failed(name, seen, new Remark(Level.DOWN, failure.slug(), failure.message() + ": " + seen, next));
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
