package dev.lectern.console.action;

import dev.lectern.neon.NeonDatabase;
import dev.lectern.neon.monitor.NeonSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/// Changes how many connections this process asks for; for some minutes, or for as long as it runs.
record ResizePool(NeonDatabase neon, Reversions reversions, InstantSource clock, Duration minute) implements Action {

    private static final String NAME = "resize-pool";
    private static final int MOST_CONNECTIONS = 4000;
    private static final int MOST_MINUTES = 240;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step prepare(Fields fields) {
        int maximum = fields.number("maximum", 1, MOST_CONNECTIONS);
        boolean keep = fields.flag("keep");
        Integer minutes = fields.optionalNumber("minutes", 1, MOST_MINUTES);
        if (keep == (minutes != null)) {
            fields.refuse("minutes", "must be given, from 1 to " + MOST_MINUTES + ", unless keep is true");
        }
        fields.end();
        NeonSnapshot now = neon.snapshot();
        int before = now.configured();
        Outcome.Undo undo = new Outcome.Undo(NAME, Map.of("maximum", before, "keep", true));
        String change = "This process asks for " + maximum + " connections instead of " + before;
        if (minutes == null) {
            String effect = change + " until it ends" + "; LECTERN_POOL_SIZE is what it begins with." + share(now);
            return new Step(new Outcome(effect, null, undo), () -> {
                reversions.keep(NAME);
                neon.resize(maximum);
                return new Outcome(effect, null, undo);
            });
        }
        Duration time = minute.multipliedBy(minutes);
        String effect = change + " for " + minutes + " min." + share(now);
        Instant until = clock.instant().plus(time);
        return new Step(new Outcome(effect, until, undo), () -> {
            neon.resize(maximum);
            reversions.schedule(NAME, time, () -> {
                neon.resize(before);
                return "The pool asks for " + before + " connections again: the time of its other size is over";
            });
            return new Outcome(effect, until, undo);
        });
    }

    private static String share(NeonSnapshot now) {
        return now.maximum() < now.configured()
                ? " Its share of what the server has is " + now.maximum() + ", and it gets no more than that."
                : "";
    }
}
