package dev.lectern.llm.openai;

import dev.langchain4j.exception.HttpException;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import java.io.EOFException;
import java.util.regex.Pattern;

/// Tells a stream that is whole from one that was cut off or carries an error, which LangChain4j takes for an answer.
final class WholeStream implements ServerSentEventListener {

    private static final Pattern ERROR = Pattern.compile("^\\s*\\{\\s*\"error\"\\s*:\\s*[{\"]");
    private static final Pattern STATUS = Pattern.compile("\"(?:code|status)\"\\s*:\\s*\"?([45]\\d\\d)\\b");
    private static final Pattern FINISHED = Pattern.compile("\"finish_reason\"\\s*:\\s*\"");

    private final ServerSentEventListener next;
    private boolean whole;
    private boolean failed;

    WholeStream(ServerSentEventListener next) {
        this.next = next;
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
        if (ERROR.matcher(event.data()).find()) {
            var status = STATUS.matcher(event.data());
            onError(new HttpException(status.find() ? Integer.parseInt(status.group(1)) : 502, "in the stream"));
            context.parsingHandle().cancel();
            return;
        }
        whole |= event.data().equals("[DONE]") || FINISHED.matcher(event.data()).find();
        next.onEvent(event, context);
    }

    @Override
    public void onError(Throwable failure) {
        failed = true;
        next.onError(failure);
    }

    @Override
    public void onClose() {
        if (whole && !failed) {
            next.onClose();
        } else if (!failed) {
            next.onError(new EOFException("the answer was cut off"));
        }
    }
}
