package dev.lectern.problem;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A request's body that must be there within a time, from when it is first waited for. Reading it fails after that.
///
/// A clock that is looked at whenever content comes would not do: extensions of chunks and trailers are bytes without
/// content, which keep a connection from being idle.
class TimedBody extends Request.Wrapper {

    /// The attribute of a request that says how long its body may take, a [Duration], where a resource has a say in it.
    static final String PATIENCE = TimedBody.class.getName() + ".patience";

    /// After which a reading that should have failed is one that never comes back.
    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Duration patience;
    private final Scheduler scheduler;
    private final Executor executor;
    private final AtomicReference<@Nullable Runnable> demand = new AtomicReference<>();
    private volatile Scheduler.@Nullable Task timer;
    private volatile boolean late;
    private volatile boolean reading;

    /// @param patience how long it may take where no resource has a say in it
    TimedBody(Request request, Duration patience) {
        super(request);
        this.patience = patience;
        this.scheduler = request.getComponents().getScheduler();
        this.executor = request.getComponents().getExecutor();
    }

    @Override
    public Content.Chunk read() {
        if (getLength() < 0) {
            begin(); // there may be more than content to read
        }
        if (late) {
            return Content.Chunk.from(new TimeoutException("The body did not come in time"));
        }
        reading = true;
        try {
            Content.Chunk chunk = super.read();
            if (chunk != null && chunk.isLast()) {
                forget();
            }
            return chunk;
        } finally {
            reading = false;
        }
    }

    @Override
    public void demand(Runnable available) {
        begin();
        demand.set(available);
        super.demand(Invocable.from(Invocable.getInvocationType(available), this::supply));
        if (late) {
            executor.execute(this::supply);
        }
    }

    /// To be called when nobody is going to read it any more, and before its request is completed: with a connection on
    /// which a body did not come in time, Jetty might take the next bytes of it for another request.
    final void end() {
        forget();
        if (late) {
            endPoint().close();
        }
    }

    /// Takes its time away.
    final void forget() {
        Scheduler.Task running = timer;
        if (running != null) {
            running.cancel();
        }
    }

    private void begin() {
        if (timer == null) {
            timer = scheduler.schedule(this::refuse, getAttribute(PATIENCE) instanceof Duration own ? own : patience);
        }
    }

    private void refuse() {
        late = true;
        executor.execute(this::supply);
        timer = scheduler.schedule(this::breakOff, GRACE);
    }

    /// Bytes without content that come without a pause are read for as long as they come.
    private void breakOff() {
        if (reading) {
            executor.execute(endPoint()::close);
        }
    }

    private EndPoint endPoint() {
        return getConnectionMetaData().getConnection().getEndPoint();
    }

    /// Has whoever waits look again: there is content, or a failure.
    private void supply() {
        Runnable available = demand.getAndSet(null);
        if (available != null) {
            available.run();
        }
    }
}
