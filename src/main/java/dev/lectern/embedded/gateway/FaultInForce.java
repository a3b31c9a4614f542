package dev.lectern.embedded.gateway;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A fault that lasts, as it stands.
///
/// @param fault what it is
/// @param happened how often it has happened
/// @param remaining how long it is still in force; null where no time was set
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FaultInForce(
        Fault fault,
        long happened,

        @JsonFormat(shape = JsonFormat.Shape.STRING) @Nullable
        Duration remaining) {}
