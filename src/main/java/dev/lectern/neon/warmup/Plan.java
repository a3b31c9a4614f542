package dev.lectern.neon.warmup;

import java.time.Instant;
import java.util.function.Supplier;

/// What is to be done next if nobody comes until then.
///
/// @param at when; [Instant#MAX] for nothing at all
/// @param touch whether a statement is to keep the compute awake, or wake it; else the question is to be asked again
/// @param why the reason, for an operator to read
public record Plan(Instant at, boolean touch, Supplier<String> why) {}
