package dev.lectern.problem;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The largest body that a resource method takes, where it is not [#DEFAULT].
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface BodyLimit {

    /// One MiB.
    long DEFAULT = 1 << 20;

    /// Bytes.
    long value();
}
