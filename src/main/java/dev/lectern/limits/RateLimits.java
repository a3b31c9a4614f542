package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import dev.lectern.problem.Problem;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Decides whether a request may go on, by its address and by its caller.
final class RateLimits {

    private final Buckets<ReaderId> callers;
    private final Buckets<ClientAddress> addresses;
    private final Buckets<ClientAddress> newReaders;
    private final LimitListener listener;

    /// @param nanoTime as [System#nanoTime()]
    RateLimits(LimitSettings settings, LimitListener listener, LongSupplier nanoTime) {
        this.callers = Buckets.filling(Limit.CALLER, settings.caller(), nanoTime);
        this.addresses = Buckets.filling(Limit.ADDRESS, settings.address(), nanoTime);
        this.newReaders = Buckets.filling(Limit.NEW_READERS, settings.newReaders(), nanoTime);
        this.listener = listener;
    }

    /// Null where it may go on. What a caller is refused is not taken from the address: whoever else calls from there
    /// is not to suffer from it.
    ///
    /// @param caller null where nobody is known; only asked where the address may make the request
    @Nullable
    Problem refusal(Allowance request, Supplier<@Nullable ReaderId> caller) {
        Taken byAddress = addresses.take(request.address());
        if (byAddress != null && !byAddress.isGranted()) {
            return refused(request, byAddress);
        }
        ReaderId reader = caller.get();
        request.madeBy(reader);
        Taken byCaller = reader == null ? null : callers.take(reader);
        if (byCaller != null && !byCaller.isGranted()) {
            addresses.giveBack(request.address());
            return refused(request, byCaller);
        }
        request.tell(byCaller);
        request.tell(byAddress);
        request.write();
        return null;
    }

    /// Null where another anonymous reader may be made.
    @Nullable
    Problem refusalOfNewReader(Allowance request) {
        Taken taken = newReaders.take(request.address());
        if (taken != null && !taken.isGranted()) {
            return refused(request, taken);
        }
        request.tell(taken);
        request.write();
        return null;
    }

    private Problem refused(Allowance request, Taken taken) {
        listener.refused(taken.limit());
        request.tell(taken);
        request.refuse();
        return taken.problem();
    }
}
