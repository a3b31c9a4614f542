package dev.lectern.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lectern.problem.Problem;
import dev.lectern.problem.ProblemException;
import dev.lectern.problem.RequestId;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets nobody but operators use the admin port: who bears the token where there is one, and who is on this machine
/// where there is none. No page of another site may have an operator's browser change anything.
///
/// Who bears an API key is judged by that: looking needs the scope `admin:read`, changing something `admin:act`.
///
/// The page itself, which holds no secret, and `/health-check`, which both ports have, are for everybody.
public final class AdminGuard implements Filter {

    /// What an action's request carries. A page of another site cannot send it without asking first, and nobody
    /// answers.
    static final String ACTION_HEADER = "X-Lectern-Action";

    private static final String ACTIONS = "/api/actions/";
    private static final String HEALTH = "/health-check";
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final @Nullable String token;
    private final ApiKeys keys;
    private final ObjectMapper json;

    /// @param token what operators bear; null where everybody on this machine is one
    public AdminGuard(@Nullable String token, ApiKeys keys, ObjectMapper json) {
        this.token = token;
        this.keys = keys;
        this.json = json;
    }

    /// Puts it before everything else on the admin port.
    public void register(Environment environment) {
        environment
                .admin()
                .addFilter("admin-guard", this)
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Operator> operator;
        try {
            operator = admit(asked, path(asked));
        } catch (ProblemException e) {
            refuse(answer, e.problem());
            return;
        }
        operator.ifPresent(known -> known.makes(asked));
        chain.doFilter(request, response);
        operator.ifPresent(known -> writeDown(known, asked, answer));
    }

    /// Who is let in; empty where everybody is.
    ///
    /// @throws ProblemException where it is a stranger, or a page of another site
    private Optional<Operator> admit(HttpServletRequest request, String path) {
        if (path.equals(HEALTH)) {
            return Optional.empty();
        }
        Optional<Operator> operator = operator(request, path);
        refuseForeignSite(request, path);
        return operator;
    }

    private Optional<Operator> operator(HttpServletRequest request, String path) {
        BearerToken bearer = BearerToken.of(request.getHeader("Authorization"));
        if (bearer != null && ApiKeyText.isMeant(bearer.text()) && !isPage(path)) {
            return Optional.of(bearing(bearer.text(), SAFE_METHODS.contains(request.getMethod())));
        }
        String expected = token;
        if (expected == null) {
            if (!LoopbackHost.is(request.getServerName())) {
                throw ProblemException.forbidden("The header Host must name this machine: localhost,"
                        + " 127.0.0.1 or [::1]. Elsewhere, operators need LECTERN_ADMIN_TOKEN.");
            }
            return Optional.of(Operator.THIS_MACHINE);
        }
        if (bearer != null && bearer.is(expected)) {
            return Optional.of(Operator.ADMIN_TOKEN);
        }
        if (isPage(path)) {
            return Optional.empty();
        }
        throw ProblemException.unauthorized("The admin port needs LECTERN_ADMIN_TOKEN as a bearer token.");
    }

    private Operator bearing(String key, boolean looks) {
        keys.verify(key, looks ? ApiKeys.Purpose.LOOKS : ApiKeys.Purpose.WORKS)
                .orElseThrow(() -> ProblemException.unauthorized("The API key is not known."))
                .with(looks ? Scope.ADMIN_READ : Scope.ADMIN_ACT);
        return keys.operator(key);
    }

    /// Of what may have changed something: what the client had wrong has changed nothing. An action is written down
    /// where it is done, for only there it is known from a preview.
    private static void writeDown(Operator operator, HttpServletRequest request, HttpServletResponse response) {
        String path = path(request);
        int status = response.getStatus();
        boolean refused =
                status >= HttpServletResponse.SC_BAD_REQUEST && status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        if (!refused && !SAFE_METHODS.contains(request.getMethod()) && !path.startsWith(ACTIONS)) {
            operator.did(request.getMethod(), path, status);
        }
    }

    /// Browsers say from which site a request comes; what is no browser says nothing.
    private static void refuseForeignSite(HttpServletRequest request, String path) {
        if (SAFE_METHODS.contains(request.getMethod())) {
            return;
        }
        if (path.startsWith(ACTIONS) && request.getHeader(ACTION_HEADER) == null) {
            throw ProblemException.forbidden("An action needs the header " + ACTION_HEADER + ": 1.");
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean foreign = (site != null && !OWN_SITE.contains(site))
                || (origin != null && !origin.equals(request.getScheme() + "://" + request.getHeader("Host")));
        if (foreign) {
            throw ProblemException.forbidden("A page of another site may change nothing here.");
        }
    }

    private static boolean isPage(String path) {
        return path.equals("/") || path.startsWith("/console/");
    }

    /// Decoded and without dots, as the servlets are found by it.
    private static String path(HttpServletRequest request) {
        String rest = request.getPathInfo();
        return request.getServletPath() + (rest == null ? "" : rest);
    }

    private void refuse(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        response.setHeader("Cache-Control", "no-store");
        Duration wait = problem.retryAfter();
        if (wait != null) {
            response.setHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
        }
        if (problem.status() == HttpServletResponse.SC_UNAUTHORIZED) {
            response.setHeader("WWW-Authenticate", "Bearer realm=\"lectern admin\"");
        }
        json.writeValue(response.getOutputStream(), RequestId.on(response, problem));
    }
}
