package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How many questions are left of a day: of a caller, of an address and of the whole site.
final class QuestionQuotas {

    private static final String ALL = "all";

    private final Buckets<ReaderId> callers;
    private final Buckets<ClientAddress> addresses;
    private final Buckets<String> site;
    private final LimitListener listener;

    QuestionQuotas(QuotaSettings settings, int replicas, LimitListener listener, InstantSource clock) {
        this.callers = Buckets.daily(Limit.CALLER_QUESTIONS, settings.caller(), clock);
        this.addresses = Buckets.daily(Limit.ADDRESS_QUESTIONS, settings.address(), clock);
        this.site = Buckets.daily(Limit.SITE_QUESTIONS, settings.site().sharedBy(replicas), clock);
        this.listener = listener;
    }

    /// Takes a question of each. Of what is refused nothing is taken.
    ///
    /// @param caller null where nobody is known
    QuestionCount count(Allowance request, @Nullable ReaderId caller) {
        Taken byCaller = caller == null ? null : callers.take(caller);
        if (byCaller != null && !byCaller.isGranted()) {
            return spent(request, byCaller);
        }
        Taken byAddress = addresses.take(request.address());
        if (byAddress != null && !byAddress.isGranted()) {
            giveBack(caller);
            return spent(request, byAddress);
        }
        Taken bySite = site.take(ALL);
        if (bySite != null && !bySite.isGranted()) {
            giveBack(caller);
            addresses.giveBack(request.address());
            return spent(request, bySite);
        }
        request.tell(byCaller == null ? byAddress : byCaller);
        request.write();
        return QuestionCount.granted(() -> {
            giveBack(caller);
            addresses.giveBack(request.address());
            site.giveBack(ALL);
        });
    }

    private void giveBack(@Nullable ReaderId caller) {
        if (caller != null) {
            callers.giveBack(caller);
        }
    }

    private QuestionCount spent(Allowance request, Taken taken) {
        request.tell(taken);
        request.refuse();
        return QuestionCount.spent(taken.problem(), () -> listener.refused(taken.limit()));
    }
}
