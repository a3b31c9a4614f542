package dev.lectern.neon.warmup;

/// What is to be kept: the ledger since it was last kept, and the history as it is.
public final class Unsaved {

    private final WarmupLedger ledger;
    private final byte[] history;

    Unsaved(WarmupLedger ledger, byte[] history) {
        this.ledger = ledger;
        this.history = history;
    }

    public WarmupLedger ledger() {
        return ledger;
    }

    /// As [ArrivalHistory#of] takes it.
    public byte[] history() {
        return history.clone();
    }
}
