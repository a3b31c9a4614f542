package dev.lectern.neon.monitor;

import dev.lectern.neon.monitor.Timeline.StateSpan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states that the database was in last, as many as are remembered. Used by one at a time.
final class StateHistory {

    private static final int REMEMBERED = 1_024;

    private final @Nullable DatabaseState[] states = new @Nullable DatabaseState[REMEMBERED];
    private long known;

    /// The state was seen to be this one, which may be no news, or old news.
    void seen(DatabaseState state) {
        DatabaseState last = last();
        if (last == null || (!last.isLike(state) && state.since().isAfter(last.since()))) {
            add(state);
        }
    }

    /// The state is another now.
    void changed(DatabaseState before, DatabaseState after) {
        if (known == 0) {
            add(before);
        }
        if (!after.equals(last())) {
            add(after);
        }
    }

    /// The states that ended after a moment, the oldest first.
    List<StateSpan> spans(Instant after) {
        List<StateSpan> spans = new ArrayList<>();
        @Nullable DatabaseState earlier = null;
        for (DatabaseState state : inOrder()) {
            if (earlier != null && state.since().isAfter(after)) {
                spans.add(span(earlier, state.since()));
            }
            earlier = state;
        }
        if (earlier != null) {
            spans.add(span(earlier, null));
        }
        return spans;
    }

    /// Two that follow each other closely may be told of the other way round, by two threads.
    private List<DatabaseState> inOrder() {
        List<DatabaseState> all = new ArrayList<>();
        for (long each = Math.max(0, known - REMEMBERED); each < known; each++) {
            DatabaseState state = states[(int) (each % REMEMBERED)];
            if (state != null) {
                all.add(state);
            }
        }
        all.sort(Comparator.comparing(DatabaseState::since));
        return all;
    }

    private static StateSpan span(DatabaseState state, @Nullable Instant until) {
        return new StateSpan(state.status(), state.cause(), state.since(), until);
    }

    private @Nullable DatabaseState last() {
        return known == 0 ? null : states[(int) ((known - 1) % REMEMBERED)];
    }

    private void add(DatabaseState state) {
        states[(int) (known++ % REMEMBERED)] = state;
    }
}
