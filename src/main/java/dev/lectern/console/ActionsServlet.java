package dev.lectern.console;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lectern.access.Operator;
import dev.lectern.console.Entry.Actor;
import dev.lectern.console.Entry.Kind;
import dev.lectern.console.Entry.Level;
import dev.lectern.console.action.Action;
import dev.lectern.console.action.Fields;
import dev.lectern.console.action.Outcome;
import dev.lectern.console.action.Step;
import dev.lectern.problem.ProblemException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `POST /api/actions/{name}` on the admin port: says what an action would do, or does it and writes that down.
final class ActionsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PATH = "/api/actions/";
    private static final int LONGEST_BODY = 1 << 14;

    private final transient Map<String, Action> actions;
    private final transient EventLog log;
    private final transient Replies replies;
    private final transient ObjectMapper json;

    /// @param actions by their name
    ActionsServlet(Map<String, Action> actions, EventLog log, Replies replies, ObjectMapper json) {
        this.actions = Map.copyOf(actions);
        this.log = log;
        this.replies = replies;
        this.json = json;
    }

    /// What became of it.
    ///
    /// @param done whether it was done; false for a preview
    record Done(
            @JsonProperty("action") String action,
            @JsonProperty("done") boolean done,
            @JsonProperty("effect") String effect,
            @JsonProperty("until") @Nullable Instant until,
            @JsonProperty("undo") Outcome.@Nullable Undo undo) {

        static Done of(Action action, boolean done, Outcome outcome) {
            return new Done(action.name(), done, outcome.effect(), outcome.until(), outcome.undo());
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = request.getPathInfo() == null ? "" : request.getPathInfo().replaceFirst("^/", "");
        Action action = actions.get(name);
        try {
            if (action == null) {
                throw ProblemException.notFound("There is no action " + name + ".");
            }
            if (!"POST".equals(request.getMethod())) {
                replies.notAllowed(response, "POST");
                return;
            }
            replies.send(response, act(action, body(request), Operator.of(request)));
        } catch (ProblemException e) {
            replies.send(response, e.problem());
        }
    }

    private Done act(Action action, ObjectNode body, Operator operator) {
        Fields fields = new Fields(body);
        boolean preview = fields.flag("preview");
        String who = fields.text("actor");
        String why = fields.text("reason");
        // What somebody claims comes after what is known.
        String by = action.name() + " by " + operator.name() + (who == null ? "" : " (" + who + ")");
        Step step = action.prepare(fields);
        if (preview) {
            return Done.of(action, false, step.preview());
        }
        try {
            Outcome outcome = step.execute();
            log.write(Kind.ACTION, Level.INFO, Actor.OPERATOR, by + ": " + outcome.effect(), why);
            operator.did("POST", PATH + action.name(), HttpServletResponse.SC_OK);
            return Done.of(action, true, outcome);
        } catch (ProblemException e) {
            log.write(
                    Kind.ACTION,
                    Level.WARNING,
                    Actor.OPERATOR,
                    by + " failed: " + e.problem().detail(),
                    why);
            operator.did("POST", PATH + action.name(), e.problem().status());
            throw e;
        }
    }

    private ObjectNode body(HttpServletRequest request) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(LONGEST_BODY + 1);
        if (bytes.length > LONGEST_BODY) {
            throw ProblemException.tooLarge("An action has at most " + LONGEST_BODY + " bytes.");
        }
        if (bytes.length == 0) {
            return json.createObjectNode();
        }
        JsonNode node;
        try {
            node = json.readTree(bytes);
        } catch (IOException e) {
            throw ProblemException.invalid("", "is not JSON");
        }
        if (node instanceof ObjectNode members) {
            return members;
        }
        throw ProblemException.invalid("", "must be a JSON object");
    }
}
