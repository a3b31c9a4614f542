package dev.lectern.console;

import dev.lectern.problem.ProblemException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The console's page: `/` and `/console/*` on the admin port, from the class path.
final class PageServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String FOLDER = "/console/";
    private static final String INDEX = "index.html";

    /// Names of files as they are in the folder: nothing that could lead out of it.
    private static final Pattern FILE = Pattern.compile("(?:[\\w-]+/)*[\\w-]+(?:\\.[\\w-]+)*\\.(?<type>[a-z0-9]+)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "txt", "text/plain;charset=utf-8");

    private final transient Replies replies;

    PageServlet(Replies replies) {
        this.replies = replies;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"GET".equals(request.getMethod()) && !"HEAD".equals(request.getMethod())) {
            replies.notAllowed(response, "GET, HEAD");
            return;
        }
        String path = request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
        String name = path.equals("/") || path.isEmpty() ? INDEX : path.replaceFirst("^" + FOLDER, "");
        Matcher file = FILE.matcher(name);
        Optional<String> type = file.matches() ? Optional.ofNullable(TYPES.get(file.group("type"))) : Optional.empty();
        byte[] content = type.isPresent() ? read(name) : null;
        if (content == null) {
            replies.send(
                    response,
                    ProblemException.notFound("The console has no " + path + ".")
                            .problem());
            return;
        }
        send(request, response, type.orElseThrow(), content);
    }

    private static void send(HttpServletRequest request, HttpServletResponse response, String type, byte[] content)
            throws IOException {
        String tag = "\"" + digest(content) + "\"";
        response.setHeader("ETag", tag);
        // A new version of Lectern has new files under the same names.
        response.setHeader("Cache-Control", "no-cache");
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type);
        response.setContentLength(content.length);
        response.getOutputStream().write(content);
    }

    private static byte @Nullable [] read(String name) throws IOException {
        try (InputStream file = PageServlet.class.getResourceAsStream(FOLDER + name)) {
            return file == null ? null : file.readAllBytes();
        }
    }

    private static String digest(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
