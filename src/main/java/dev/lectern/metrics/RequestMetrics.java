package dev.lectern.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Set;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.uri.UriTemplate;

/// Times each request of the API, by its route's template, from its head to the end of its response
/// (https://opentelemetry.io/docs/specs/semconv/http/http-metrics/).
final class RequestMetrics implements ApplicationEventListener {

    /// 0.2 is the target. What a language model answers takes the upper ones.
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .2, .5, 1, 2.5, 5, 10, 30, 60};

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final Histogram durations;
    private final Gauge active;

    RequestMetrics(PrometheusRegistry registry) {
        durations = Histogram.builder()
                .name("http_server_request_duration")
                .help("From a request's head to the end of its response.")
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .labelNames("http_request_method", "http_route", "http_response_status_code")
                .register(registry);
        active = Gauge.builder()
                .name("http_server_active_requests")
                .help("Requests that have no whole response yet.")
                .register(registry);
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests count.
    }

    @Override
    public RequestEventListener onRequest(RequestEvent begin) {
        long start = System.nanoTime();
        active.inc();
        return event -> {
            if (event.getType() == RequestEvent.Type.FINISHED) {
                active.dec();
                durations
                        .labelValues(method(event), route(event), status(event))
                        .observe(Unit.nanosToSeconds(System.nanoTime() - start));
            }
        };
    }

    private static String method(RequestEvent event) {
        String method = event.getContainerRequest().getMethod();
        return METHODS.contains(method) ? method : "_OTHER";
    }

    /// As the contract writes it; nothing where no route was found.
    private static String route(RequestEvent event) {
        List<UriTemplate> templates = event.getUriInfo().getMatchedTemplates();
        StringBuilder route = new StringBuilder();
        for (UriTemplate template : templates.reversed()) {
            String part = template.getTemplate();
            route.append(part.equals("/") ? "" : part);
        }
        return route.toString();
    }

    private static String status(RequestEvent event) {
        ContainerResponse response = event.getContainerResponse();
        return response == null ? "500" : Integer.toString(response.getStatus());
    }
}
