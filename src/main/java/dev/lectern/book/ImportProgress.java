package dev.lectern.book;

/// Is told how far an import has come. Called from the thread that imports.
@FunctionalInterface
public interface ImportProgress {

    /// For those who do not look.
    ImportProgress NONE = (stage, done, total) -> {};

    /// What an import does, in this order.
    enum Stage {
        READING,
        EMBEDDING,
        STORING
    }

    /// Is called at the beginning of each stage, and while it goes on.
    ///
    /// @param done of `total` passages; both zero while it is not known how many there are
    void reached(Stage stage, int done, int total);
}
