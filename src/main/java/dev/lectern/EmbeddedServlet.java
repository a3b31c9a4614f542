package dev.lectern;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.embedded.gateway.Compute;
import dev.lectern.embedded.gateway.Gateway;
import dev.lectern.embedded.gateway.InvalidFaultException;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.RequestId;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// `/api/embedded` on the admin port: what the embedded database does, and what is to go wrong with it.
final class EmbeddedServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PATH = "/api/embedded";
    private static final int LONGEST_BODY = 1 << 14;

    private final transient Gateway gateway;
    private final transient ObjectMapper json;

    EmbeddedServlet(Gateway gateway, ObjectMapper json) {
        this.gateway = gateway;
        this.json = json;
    }

    static void register(Environment environment, Gateway gateway) {
        environment
                .admin()
                .addServlet("embedded", new EmbeddedServlet(gateway, environment.getObjectMapper()))
                .addMapping(PATH, PATH + "/*");
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            send(response, HttpServletResponse.SC_OK, "application/json", answer(request));
        } catch (InvalidFaultException e) {
            send(response, FaultOrder.invalid(e).problem());
        } catch (ProblemException e) {
            send(response, e.problem());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            send(response, Problem.of(503, "interrupted", "The process ends", "The process is being stopped."));
        }
    }

    private Object answer(HttpServletRequest request) throws IOException, InterruptedException {
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        String asked = ("HEAD".equals(request.getMethod()) ? "GET" : request.getMethod()) + " " + path;
        Compute compute = gateway.compute();
        switch (asked) {
            case "GET ", "GET /" -> {}
            case "GET /counts" -> {
                return counts(request.getParameter("request_id"));
            }
            case "POST /counts/reset" -> gateway.resetCounts();
            case "POST /faults" -> inject(request);
            case "DELETE /faults" -> gateway.faults().clear();
            case "POST /suspend" -> compute.suspend();
            case "POST /wake" -> {
                if (!compute.wake()) {
                    throw new ProblemException(Problem.of(
                            409, "compute-unavailable", "The compute cannot be woken", "It is to stay stopped now."));
                }
            }
            case "POST /kill" -> compute.kill();
            case "POST /restart" -> compute.restart();
            default -> throw ProblemException.notFound("There is no " + asked.strip() + " below " + PATH + ".");
        }
        return EmbeddedState.of(gateway);
    }

    private Object counts(@Nullable String requestId) {
        if (requestId == null) {
            return gateway.counts();
        }
        OptionalLong roundTrips = gateway.roundTrips(requestId);
        return Map.of(
                "request_id",
                requestId,
                "round_trips",
                roundTrips.orElseThrow(
                        () -> ProblemException.notFound("No work for a request with this id is remembered.")));
    }

    private void inject(HttpServletRequest request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (body.length > LONGEST_BODY) {
            throw ProblemException.tooLarge("A fault has at most " + LONGEST_BODY + " bytes.");
        }
        FaultOrder order = FaultOrder.read(json, body);
        gateway.faults().inject(order.fault(), order.lasts());
    }

    private void send(HttpServletResponse response, Problem problem) throws IOException {
        send(response, problem.status(), Problem.MEDIA_TYPE, RequestId.on(response, problem));
    }

    private void send(HttpServletResponse response, int status, String type, Object body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setHeader("Cache-Control", "no-store");
        json.writeValue(response.getOutputStream(), body);
    }
}
