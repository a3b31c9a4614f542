package dev.lectern.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The largest body that a resource method takes, and the longest that it waits for one, where it is not [#DEFAULT] and
/// [#DEFAULT_SECONDS].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

    /// One MiB.
    long DEFAULT = 1 << 20;

    /// Half a minute.
    long DEFAULT_SECONDS = 30;

    /// Bytes.
    long value();

    /// Seconds until all of it must be there.
    long seconds() default DEFAULT_SECONDS;
}
