package dev.lectern.answer;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// What a request's log lines carry, its id and its trace's, for work that outlives the request or its thread.
record LogContext(@Nullable Map<String, String> entries) {

    /// Of the thread that asks.
    static LogContext current() {
        return new LogContext(MDC.getCopyOfContextMap());
    }

    /// The work within this context, and then in that of the thread again.
    Runnable around(Runnable work) {
        return () -> {
            LogContext before = current();
            enter();
            try {
                work.run();
            } finally {
                before.enter();
            }
        };
    }

    private void enter() {
        if (entries == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(entries);
        }
    }
}
