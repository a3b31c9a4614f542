package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import dev.lectern.problem.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// How many answers are in the making for each caller and from each address. An answer may take as long as its language
/// model does, so that no rate of requests bounds how many of them one holds.
final class AnswerShares {

    private static final AnswerShare UNLIMITED = () -> {};
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Running<ReaderId> callers;
    private final Running<ClientAddress> addresses;
    private final LimitListener listener;

    AnswerShares(AnswerSettings settings, LimitListener listener) {
        this.callers = new Running<>(settings.caller());
        this.addresses = new Running<>(settings.address());
        this.listener = listener;
    }

    /// Takes one of each for the request that this thread works on.
    ///
    /// @throws ProblemException 429 where the caller, or whoever asks from the address, has as many as one may
    AnswerShare take() {
        if (!Allowance.CURRENT.isBound()) {
            return UNLIMITED;
        }
        Allowance request = Allowance.CURRENT.get();
        ReaderId caller = request.caller();
        ClientAddress address = request.address();
        if (caller != null && !callers.begin(caller)) {
            throw refused(request, Limit.CALLER_ANSWERS);
        }
        AnswerShare byCaller = caller == null ? UNLIMITED : () -> callers.end(caller);
        if (!addresses.begin(address)) {
            byCaller.giveBack();
            throw refused(request, Limit.ADDRESS_ANSWERS);
        }
        return () -> {
            byCaller.giveBack();
            addresses.end(address);
        };
    }

    /// How many callers and addresses have an answer in the making.
    int size() {
        return callers.counts.size() + addresses.counts.size();
    }

    private ProblemException refused(Allowance request, Limit limit) {
        listener.refused(limit);
        request.refuse();
        return new ProblemException(limit.problem().retryingAfter(RETRY));
    }

    /// Remembers nobody who has none.
    private record Running<K>(Quota most, ConcurrentMap<K, Integer> counts) {

        Running(Quota most) {
            this(most, new ConcurrentHashMap<>());
        }

        boolean begin(K key) {
            if (most.isOff() || counts.merge(key, 1, Integer::sum) <= most.amount()) {
                return true;
            }
            end(key);
            return false;
        }

        void end(K key) {
            if (!most.isOff()) {
                counts.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
            }
        }
    }
}
