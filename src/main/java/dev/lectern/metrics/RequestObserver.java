package dev.lectern.metrics;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.glassfish.jersey.server.ContainerResponse;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.uri.UriTemplate;

/// Sees each request of the API come, find its route and end.
record RequestObserver(
        RequestMetrics metrics, RouteWindows windows, DemandHistory demand, RequestLog log, LongSupplier nanoTime)
        implements ApplicationEventListener {

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests count.
    }

    @Override
    public RequestEventListener onRequest(RequestEvent begin) {
        RequestInProgress bound = RequestInProgress.current();
        RequestInProgress request = bound == null ? new RequestInProgress(nanoTime) : bound;
        metrics.begun();
        return event -> {
            switch (event.getType()) {
                case REQUEST_MATCHED -> request.account().route(method(event) + " " + route(event));
                case FINISHED -> finished(request.finish(method(event), route(event), status(event)));
                default -> {}
            }
        };
    }

    private void finished(FinishedRequest request) {
        metrics.finished(request);
        windows.count(request);
        demand.count(request);
        log.write(request);
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

    private static int status(RequestEvent event) {
        ContainerResponse response = event.getContainerResponse();
        return response == null ? 500 : response.getStatus();
    }
}
