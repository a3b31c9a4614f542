package dev.lectern.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lectern.testing.LecternServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/// What a Lectern tells its operator, looked at again and again until this is closed.
final class Vitals implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI admin;
    private final long poolSize;
    private final Function<String, Object> gauges;
    private final Queue<String> lifeless = new ConcurrentLinkedQueue<>();
    private final Thread looks;
    private final AtomicLong mostConnections = new AtomicLong();
    private volatile boolean over;

    private Vitals(HttpClient http, URI admin, long poolSize, Function<String, Object> gauges, Duration interval) {
        this.http = http;
        this.admin = admin;
        this.poolSize = poolSize;
        this.gauges = gauges;
        this.looks = Thread.ofVirtual().unstarted(() -> lookEvery(interval));
    }

    /// Those of one in this process, whose numbers are read without asking it.
    ///
    /// @param poolSize how many connections it may have
    static Vitals of(LecternServer lectern, long poolSize) {
        return new Vitals(
                        HttpClient.newHttpClient(),
                        lectern.adminUrl(),
                        poolSize,
                        name -> value(lectern.metrics(), name),
                        Duration.ofMillis(50))
                .looking();
    }

    /// Those of one in another process, which is asked for its numbers.
    ///
    /// @param poolSize how many connections it may have
    static Vitals of(URI admin, long poolSize) {
        HttpClient http = HttpClient.newHttpClient();
        return new Vitals(http, admin, poolSize, name -> value(http, admin, name), Duration.ofMillis(200)).looking();
    }

    private static Object value(MetricRegistry metrics, String name) {
        Gauge<?> gauge = Objects.requireNonNull(metrics.getGauges().get(name), name);
        return Objects.requireNonNull(gauge.getValue(), name);
    }

    private static Object value(HttpClient http, URI admin, String name) {
        JsonNode value = Reader.json(get(http, admin, "/metrics")).at("/gauges/" + name + "/value");
        return value.isNumber() ? value.asLong() : value.asText();
    }

    private Vitals looking() {
        looks.start();
        return this;
    }

    long gauge(String name) {
        return ((Number) gauges.apply(name)).longValue();
    }

    String state() {
        return gauges.apply("neon.state").toString();
    }

    /// What holds whatever the fault was: nothing is left in use, there were never more connections than there may be,
    /// and the process was alive all the time.
    void assertNothingLeft() {
        look();
        assertThat(gauge("neon.permits.out")).as("permits left out").isZero();
        assertThat(gauge("neon.pool.active")).as("connections left in use").isZero();
        assertThat(mostConnections.get()).as("connections of the pool").isBetween(1L, poolSize);
        assertThat(lifeless).as("answers to whether it is alive").isEmpty();
    }

    private void lookEvery(Duration interval) {
        while (!over) {
            look();
            LockSupport.parkNanos(interval.toNanos());
        }
    }

    private void look() {
        try {
            mostConnections.accumulateAndGet(connections(), Math::max);
            int status = get(http, admin, "/health-check?type=alive").statusCode();
            if (status != 200) {
                lifeless.add(Integer.toString(status));
            }
        } catch (UncheckedIOException e) {
            lifeless.add(e.toString());
        }
    }

    /// A connection that is given back between two readings is in both: what is too much counts if it stays so.
    private long connections() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3 && least > poolSize; i++) {
            least = Math.min(least, gauge("neon.pool.idle") + gauge("neon.pool.active"));
        }
        return least;
    }

    private static HttpResponse<String> get(HttpClient http, URI admin, String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(admin + path))
                            .header("Accept", "application/json")
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            looks.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
