package dev.lectern.neon.internal;

import dev.lectern.neon.monitor.WorkAccount;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;

/// What a connection sends for the work that holds it: counted for the request that the work is for, and the last of it
/// remembered.
///
/// All statements of pgjdbc and the ends of its transactions pass here, and each of the calls named below is one
/// exchange with the server: a transaction's BEGIN goes along with its first statement. A proxy, because an interface
/// of sixty methods would hide the four that matter.
final class SentQueries implements InvocationHandler {

    private static final Pattern SPACE = Pattern.compile("\\s+");
    private static final int LONGEST = 200;

    private final QueryExecutor executor;
    private volatile @Nullable Query last;

    SentQueries(QueryExecutor executor) {
        this.executor = executor;
    }

    /// What sends, and tells of it here.
    QueryExecutor executor() {
        return (QueryExecutor)
                Proxy.newProxyInstance(SentQueries.class.getClassLoader(), new Class<?>[] {QueryExecutor.class}, this);
    }

    /// Other work begins.
    void forget() {
        last = null;
    }

    /// What was sent last, in short and with `$1` for a parameter; null where nothing was.
    @Nullable
    String lastSql() {
        Query sent = last;
        return sent == null ? null : summary(sent.getNativeSql());
    }

    /// A statement in one line that is not long.
    static String summary(String sql) {
        String line = SPACE.matcher(sql).replaceAll(" ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST - 1) + "…";
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        switch (method.getName()) {
            case "execute" -> {
                remember(arguments == null ? null : arguments[0]);
                count();
            }
            case "fetch", "fastpathCall", "startCopy" -> count();
            default -> {}
        }
        try {
            return method.invoke(executor, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private void remember(@Nullable Object queries) {
        if (queries instanceof Query one) {
            last = one;
        } else if (queries instanceof Query[] batch && batch.length > 0) {
            last = batch[0];
        }
    }

    private static void count() {
        @Nullable WorkAccount account = WorkAccount.current();
        if (account != null) {
            account.addRoundTrip();
        }
    }
}
