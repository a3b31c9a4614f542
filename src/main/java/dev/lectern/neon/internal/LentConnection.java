package dev.lectern.neon.internal;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/// A connection that work holds and does not end: closing it does nothing, since it goes back only when the work has
/// ended, and only where no late cancellation can hit whoever comes next.
///
/// A proxy, because an interface of sixty methods would hide the one that matters.
public final class LentConnection implements InvocationHandler {

    private final Connection connection;

    private LentConnection(Connection connection) {
        this.connection = connection;
    }

    /// The connection, without the right to end it.
    public static Connection of(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                LentConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new LentConnection(connection));
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a connection equals none but itself
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        return switch (method.getName()) {
            case "close" -> null;
            case "equals" -> arguments != null && proxy == arguments[0];
            default -> onward(method, arguments);
        };
    }

    private @Nullable Object onward(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }
}
