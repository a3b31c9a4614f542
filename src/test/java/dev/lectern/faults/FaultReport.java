package dev.lectern.faults;

/// What was measured of each fault: `docs/faults.md`.
final class FaultReport {

    private static final RowTable TABLE =
            new RowTable("faults", """
            # Faults, and what Lectern makes of them

            Written by the tests in `src/test/java/dev/lectern/faults` (`bin/test-faults`): each fault is injected
            for real, by the gateway before the embedded PostgreSQL or by PostgreSQL itself, while readers read, write
            and ask over HTTP, or after they did where their requests would be counted. A row fails if an acknowledged
            write or answer is lost or doubled, a reply is later than its deadline and a tenth of a second, an answer
            that is not saved does not say so, a permit or a connection is left in use, the pool was above its maximum,
            or the process was not alive. Not so: floods look at what is lost, doubled or left only; the leak, which is
            the test's own, at what is left once it has ended; a process that was told to stop has no pool to look at;
            200 readers at once only read, and nobody else asks while the model stalls. A flood's p99 of refusals
            is shown beside its bar and not demanded: client and server share the processors. Rows are replaced one
            by one, so they may be from several runs. Client, Lectern, gateway and PostgreSQL shared one machine of %d
            processors.

            | fault | bar | measured | where |
            |---|---|---|---|
            """.formatted(Runtime.getRuntime().availableProcessors()));

    private FaultReport() {}

    /// Adds a row.
    ///
    /// @param order where it stands in the table
    /// @param measured the figures, with their units
    static void row(int order, String fault, String bar, String measured, Class<?> where) {
        TABLE.row(order, fault, bar, measured, "`" + where.getSimpleName() + "`");
    }
}
