package dev.lectern.metrics;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A line for each request that is finished. It has the route's template and never the path or what was asked; the
/// ids of request and trace are in the log's context.
final class RequestLog {

    private static final Logger LOG = LoggerFactory.getLogger("dev.lectern.requests");

    void write(FinishedRequest request) {
        if (!LOG.isInfoEnabled()) {
            return;
        }
        LOG.atInfo()
                .addKeyValue("method", request.method())
                .addKeyValue("route", request.route())
                .addKeyValue("status", request.status())
                .addKeyValue("outcome", request.outcome())
                .addKeyValue("duration_ms", millis(request.took()))
                .addKeyValue("model_ms", millis(request.model()))
                .addKeyValue("waited_ms", millis(request.waited()))
                .addKeyValue("held_ms", millis(request.held()))
                .addKeyValue("round_trips", request.roundTrips())
                .addKeyValue("pieces", request.pieces())
                .log(
                        "{} {} {} {} in {} ms, of it {} ms on a connection",
                        request.method(),
                        request.route().isEmpty() ? "(no route)" : request.route(),
                        request.status(),
                        request.outcome(),
                        millis(request.took()),
                        millis(request.held()));
    }

    private static double millis(Duration duration) {
        return Math.round(duration.toNanos() / 1e4) / 100.0;
    }
}
