package dev.lectern.neon.admission;

import java.util.concurrent.TimeUnit;

/// Whether the queue of one criticality stands, rather than working off a burst: it has not been empty for an
/// interval, and after the burst that began it more came than was served.
///
/// Controlled delay (Nichols and Jacobson, "Controlling Queue Delay", 2012) looks only at how long a queue stands.
/// That would take what waited for a database to wake for an overload, although it shrinks by itself.
///
/// Times are on the queue's flow, which stops while the database does.
final class Standing {

    /// CoDel's is 100 ms; simulations found this one to refuse sooner and no burst.
    static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(70);

    /// What comes within this time from the first who waits is the burst.
    static final long BURST = INTERVAL / 2;

    /// Where few permits come back, chance alone makes some wait.
    private static final int LEAST = 4;

    private boolean stands;
    private boolean overloaded;
    private long since;
    private int surplus;

    /// Somebody has to wait or is refused.
    ///
    /// @param worth how many requests are served within the target
    void came(long flow, double worth) {
        if (!stands) {
            stands = true;
            since = flow;
            surplus = overloaded ? surplus : 0;
        }
        if (overloaded || flow - since >= BURST) {
            double enough = Math.max(LEAST, worth);
            surplus = (int) Math.min(surplus + 1, 2 * enough);
            overloaded |= flow - since >= INTERVAL && surplus >= enough;
        }
    }

    /// Somebody who waited was served, or a permit came back for which nobody waited.
    void served() {
        surplus = Math.max(0, surplus - 1);
        overloaded &= stands || surplus > 0;
    }

    /// Nobody waits.
    void broke() {
        stands = false;
        overloaded &= surplus > 0;
    }

    /// The database paused: what came meanwhile is a burst.
    void paused(long flow) {
        since = flow;
        surplus = overloaded ? surplus : 0;
    }

    boolean overloaded() {
        return overloaded;
    }
}
