package dev.lectern.problem;

import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Refuses a request that cannot be read, before anything is done for it. The handler of errors finds the words.
final class UnreadablePartsHandler extends Handler.Wrapper {

    UnreadablePartsHandler(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Optional<Problem> problem = UnreadableParts.problem(request);
        if (problem.isEmpty()) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, problem.get().status());
        return true;
    }
}
