package dev.lectern.console;

import dev.lectern.testing.LecternClient;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Readers who look at their conversations, search, and ask, some times a second.
final class Traffic implements AutoCloseable {

    private final ScheduledExecutorService readers = Executors.newScheduledThreadPool(6);

    /// @param crowd how many look at their conversations
    Traffic(LecternClient reader, int crowd) {
        for (int i = 0; i < crowd; i++) {
            var _ = readers.scheduleWithFixedDelay(() -> reader.get("/conversations"), 0, 200, TimeUnit.MILLISECONDS);
        }
        var _ = readers.scheduleWithFixedDelay(() -> ask(reader), 0, 1000, TimeUnit.MILLISECONDS);
    }

    private static void ask(LecternClient reader) {
        reader.get("/search?book=pools&q=permit");
        String conversation = reader.converse("pools");
        if (!conversation.isEmpty()) {
            reader.ask(conversation, "What is a permit?");
        }
    }

    @Override
    public void close() {
        readers.close();
    }
}
