package dev.lectern.cli;

/// Ends a command with an exit code. What there is to say has been said.
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// The command line is wrong: `EX_USAGE` of sysexits.h.
    public static final int USAGE = 64;

    /// It could not be done.
    public static final int FAILED = 1;

    private final int exitCode;

    public CommandFailure(int exitCode) {
        super("exit " + exitCode, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
