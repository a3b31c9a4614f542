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
        if (request instanceof HttpServletRequest asked && response instanceof HttpServletResponse answer) {
            Optional<Problem> refusal = refusal(asked);
            if (refusal.isPresent()) {
                refuse(answer, refusal.get());
                return;
            }
        }
        chain.doFilter(request, response);
    }

    private Optional<Problem> refusal(HttpServletRequest request) {
        String path = path(request);
        if (path.equals(HEALTH)) {
            return Optional.empty();
        }
        return stranger(request, path).or(() -> foreignSite(request, path));
    }

    private Optional<Problem> stranger(HttpServletRequest request, String path) {
        BearerToken bearer = BearerToken.of(request.getHeader("Authorization"));
        return bearer != null && ApiKeyText.isMeant(bearer.text()) && !isPage(path)
                ? strangersKey(bearer.text(), SAFE_METHODS.contains(request.getMethod()))
                : stranger(request, path, bearer);
    }

    private Optional<Problem> strangersKey(String key, boolean looks) {
        try {
            keys.verify(key, looks ? ApiKeys.Purpose.LOOKS : ApiKeys.Purpose.WORKS)
                    .orElseThrow(() -> ProblemException.unauthorized("The API key is not known."))
                    .with(looks ? Scope.ADMIN_READ : Scope.ADMIN_ACT);
            return Optional.empty();
        } catch (ProblemException e) {
            return Optional.of(e.problem());
        }
    }

    private Optional<Problem> stranger(HttpServletRequest request, String path, @Nullable BearerToken bearer) {
        String expected = token;
        if (expected == null) {
            return LoopbackHost.is(request.getServerName())
                    ? Optional.empty()
                    : Optional.of(ProblemException.forbidden("The header Host must name this machine: localhost,"
                                    + " 127.0.0.1 or [::1]. Elsewhere, operators need LECTERN_ADMIN_TOKEN.")
                            .problem());
        }
        return isPage(path) || (bearer != null && bearer.is(expected))
                ? Optional.empty()
                : Optional.of(
                        ProblemException.unauthorized("The admin port needs LECTERN_ADMIN_TOKEN as a bearer token.")
                                .problem());
    }

    /// Browsers say from which site a request comes; what is no browser says nothing.
    private static Optional<Problem> foreignSite(HttpServletRequest request, String path) {
        if (SAFE_METHODS.contains(request.getMethod())) {
            return Optional.empty();
        }
        if (path.startsWith(ACTIONS) && request.getHeader(ACTION_HEADER) == null) {
            return Optional.of(ProblemException.forbidden("An action needs the header " + ACTION_HEADER + ": 1.")
                    .problem());
        }
        String site = request.getHeader("Sec-Fetch-Site");
        String origin = request.getHeader("Origin");
        boolean foreign = (site != null && !OWN_SITE.contains(site))
                || (origin != null && !origin.equals(request.getScheme() + "://" + request.getHeader("Host")));
        return foreign
                ? Optional.of(ProblemException.forbidden("A page of another site may change nothing here.")
                        .problem())
                : Optional.empty();
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
