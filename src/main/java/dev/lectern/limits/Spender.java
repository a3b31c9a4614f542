package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import org.jspecify.annotations.Nullable;

/// Whose tokens a language model takes: those of the caller and of the address that asked. Nobody's where nothing is
/// limited.
public final class Spender {

    private static final ScopedValue<Spender> CURRENT = ScopedValue.newInstance();
    private static final Spender NOBODY = new Spender(null, null);

    private final @Nullable ReaderId caller;
    private final @Nullable ClientAddress address;

    Spender(@Nullable ReaderId caller, @Nullable ClientAddress address) {
        this.caller = caller;
        this.address = address;
    }

    /// Of the request that this thread works on, or works for by [#around].
    public static Spender current() {
        if (CURRENT.isBound()) {
            return CURRENT.get();
        }
        if (!Allowance.CURRENT.isBound()) {
            return NOBODY;
        }
        Allowance request = Allowance.CURRENT.get();
        return new Spender(request.caller(), request.address());
    }

    /// The work on this one's behalf, also by another thread.
    public Runnable around(Runnable work) {
        return () -> ScopedValue.where(CURRENT, this).run(work);
    }

    @Nullable
    ReaderId caller() {
        return caller;
    }

    @Nullable
    ClientAddress address() {
        return address;
    }
}
