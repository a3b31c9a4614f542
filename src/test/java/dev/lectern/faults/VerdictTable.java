package dev.lectern.faults;

/// What the console says of each fault: `docs/verdicts.md`.
final class VerdictTable {

    private static final RowTable TABLE = new RowTable("verdicts", """
            # What the console says of each fault

            Written by `VerdictIT` (`bin/test-faults`): each fault happens for real, while readers read and write over
            HTTP, and the sentence is the one that `/api/snapshot` and the page show then. Pinned are the cause and the
            level; rates, shares and times are those of that run.

            | what happens | level | the verdict | what to do |
            |---|---|---|---|
            """);

    private VerdictTable() {}

    static void row(int order, String fault, String level, String sentence, String next) {
        TABLE.row(order, fault, level, sentence, next);
    }
}
