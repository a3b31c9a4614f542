package dev.lectern.embedded.gateway;

import java.time.Duration;
import java.util.List;

/// How often and how long a compute was woken.
///
/// @param count since the start of the process, which is itself no wake
/// @param latest how long the latest took, the newest last
public record Wakes(long count, List<Duration> latest) {}
