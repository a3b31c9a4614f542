package dev.lectern.limits;

import dev.lectern.access.ReaderId;
import dev.lectern.neon.admission.Requester;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// What a request was granted of the limits of where it comes from. For one thread.
final class Allowance {

    /// Of the thread; not bound where nothing is limited.
    static final ScopedValue<Allowance> CURRENT = ScopedValue.newInstance();

    private static final String POLICY = "RateLimit-Policy";
    private static final String STATE = "RateLimit";

    private final ClientAddress address;
    private final HttpFields.Mutable headers;
    private @Nullable ReaderId caller;
    private final List<Taken> taken = new ArrayList<>(2);
    private QuestionCount question = QuestionCount.unlimited();

    /// @param headers of its response
    Allowance(ClientAddress address, HttpFields.Mutable headers) {
        this.address = address;
        this.headers = headers;
    }

    ClientAddress address() {
        return address;
    }

    /// Who the caller turned out to be; null where nobody is known.
    void madeBy(@Nullable ReaderId reader) {
        caller = reader;
    }

    /// Null where nobody is known.
    @Nullable
    ReaderId caller() {
        return caller;
    }

    /// Who is to wait for what this request is one of many for: the caller, or all from the address who bear no token.
    Requester requester() {
        return new Requester(caller == null ? address : caller);
    }

    /// The question that it asks.
    QuestionCount question() {
        return question;
    }

    void ask(QuestionCount counted) {
        question = counted;
    }

    /// Has the response tell of it, also where it was refused.
    void tell(@Nullable Taken one) {
        if (one != null) {
            taken.add(one);
        }
    }

    /// Writes what there is to tell into the response's head, as
    /// [the IETF's draft](https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/) has it.
    void write() {
        if (taken.isEmpty()) {
            return;
        }
        StringBuilder state = new StringBuilder(48);
        StringBuilder policy = new StringBuilder(48);
        for (Taken each : taken) {
            if (!state.isEmpty()) {
                state.append(", ");
                policy.append(", ");
            }
            each.appendTo(state);
            policy.append(each.policy());
        }
        headers.put(POLICY, policy.toString());
        headers.put(STATE, state.toString());
    }

    /// Has nobody keep a refusal for another.
    void refuse() {
        write();
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    }
}
