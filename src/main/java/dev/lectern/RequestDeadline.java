package dev.lectern;

import dev.lectern.neon.admission.Deadline;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.lang.reflect.InvocationHandler;
import java.time.Duration;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.spi.internal.ResourceMethodInvocationHandlerProvider;

/// Binds the moment until which a request's work on the database is of use, so that all statements of one request
/// share one deadline.
///
/// It counts from when the resource's method begins, that is when the body has come: the time that a slow client takes
/// to send it is not the database's.
record RequestDeadline(Duration patience) implements ResourceMethodInvocationHandlerProvider {

    void register(JerseyEnvironment jersey) {
        RequestDeadline deadline = this;
        jersey.register(new AbstractBinder() {
            @Override
            protected void configure() {
                bind(deadline).to(ResourceMethodInvocationHandlerProvider.class);
            }
        });
    }

    @Override
    public InvocationHandler create(Invocable method) {
        return (resource, invoked, arguments) -> ScopedValue.where(Deadline.OF_REQUEST, Deadline.in(patience))
                .call(() -> invoked.invoke(resource, arguments));
    }
}
