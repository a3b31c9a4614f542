package dev.lectern.cli.watch;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What answers as an admin port does, with what a test wants.
final class StubAdminPort implements AutoCloseable {

    /// A database that is well.
    static final String GOOD = """
            {"at": "2026-11-24T10:00:00Z",
             "verdict": {"level": "good", "sentence": "The database is ready, and no request waits.", "next": null},
             "database": {"status": "ready", "cause": null, "since": "2026-11-24T09:12:01Z",
                          "host": "ep-a-1.eu-central-1.aws.neon.tech", "name": "books", "pooled": false,
                          "embedded": false, "paused_until": null},
             "pool": {"active": 4, "idle": 4, "waiting": 0, "permits": 4, "maximum": 16, "configured": 16,
                      "server_limit": 97, "holders": []},
             "rates": {"window_s": 10, "served": 12.34, "refused": 0, "failed": 0, "timeouts": 0},
             "readers": {"window_s": 60, "requests": 740, "p95_ms": 38.2, "target_ms": 200, "over_target": 0.01,
                         "burn_rate_5m": 0.25, "burn_rate_1h": null},
             "process": {"version": "0.1.0"}}""";

    /// One that has no room.
    static final String SATURATED = """
            {"at": "2026-11-24T10:00:05Z",
             "verdict": {"level": "bad", "sentence": "The server has no connection left: etl holds 71.",
                         "next": "Ask etl to release some."},
             "database": {"status": "saturated", "since": "2026-11-24T10:00:03Z", "host": "localhost", "name": "books",
                          "cause": {"class": "saturated/slots", "message": "all connections are in use"},
                          "pooled": true, "embedded": true},
             "pool": {"active": 6, "idle": 0, "waiting": 9, "maximum": 16, "server_limit": 97,
                      "holders": [{"application": "etl", "role": "loader", "connections": 71},
                                  {"application": "lectern", "role": "app", "connections": 6}]},
             "rates": {"served": 240.4, "refused": 12, "failed": 0, "timeouts": 1.5},
             "readers": {"p95_ms": 1240, "target_ms": 200, "burn_rate_5m": 14.2, "burn_rate_1h": 3}}""";

    static final String EVENTS = """
            {"events": [
              {"id": 1, "at": "2026-11-24T09:12:01Z", "kind": "process", "level": "info", "actor": "lectern",
               "text": "Lectern has started", "reason": null},
              {"id": 2, "at": "2026-11-24T10:00:03Z", "kind": "state", "level": "warning", "actor": "lectern",
               "text": "ready \\u001b[31m to saturated", "reason": null},
              {"id": 3, "at": "2026-11-24T10:00:04Z", "kind": "action", "level": "info", "actor": "operator",
               "text": "resize-pool to 12", "reason": "etl runs"}]}""";

    final AtomicInteger looks = new AtomicInteger();
    volatile String snapshot = GOOD;
    volatile String events = EVENTS;
    volatile int status = 200;
    volatile @Nullable String token;
    private final HttpServer server;

    StubAdminPort() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/", exchange -> {
            try (exchange) {
                boolean log = exchange.getRequestURI().getPath().equals("/api/events");
                boolean known = token == null
                        || ("Bearer " + token)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
                String body = log ? events : snapshot;
                byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(known ? status : 401, bytes.length);
                exchange.getResponseBody().write(bytes);
                looks.incrementAndGet();
            }
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
