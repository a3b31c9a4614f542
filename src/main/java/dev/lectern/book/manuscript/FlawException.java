package dev.lectern.book.manuscript;

/// Ends an import, because the manuscript has a flaw.
public final class FlawException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Flaw flaw;

    public FlawException(Flaw flaw) {
        super(flaw.detail());
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
