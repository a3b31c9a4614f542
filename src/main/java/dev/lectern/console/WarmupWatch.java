package dev.lectern.console;

import dev.lectern.console.Entry.Actor;
import dev.lectern.console.Entry.Kind;
import dev.lectern.console.Entry.Level;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes down when warm-up begins to rest, and when it goes on. Looks once a second, and keeps only what it saw last.
final class WarmupWatch {

    private final EventLog log;
    private final Supplier<Symptoms.Warmth> warmth;
    private Symptoms.Warmth last = new Symptoms.Warmth(null, null);

    WarmupWatch(EventLog log, Supplier<Symptoms.Warmth> warmth) {
        this.log = log;
        this.warmth = warmth;
    }

    /// A second has passed.
    void tick() {
        Symptoms.Warmth now = warmth.get();
        if (!Objects.equals(now.halted(), last.halted())) {
            tell(now.halted() != null, "Warm-up rests until readers are served again", now.halted());
        }
        if ((now.spentUntil() == null) != (last.spentUntil() == null)) {
            tell(now.spentUntil() != null, "The month's budget of warm-up is spent", null);
        }
        last = now;
    }

    private void tell(boolean rests, String what, @Nullable String why) {
        log.write(
                Kind.WARM_UP, rests ? Level.WARNING : Level.INFO, Actor.LECTERN, rests ? what : "Warm-up goes on", why);
    }
}
