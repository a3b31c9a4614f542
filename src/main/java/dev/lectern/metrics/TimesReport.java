package dev.lectern.metrics;

import com.fasterxml.jackson.annotation.JsonProperty;

/// How long work waited for a permit, what making connections took, and for how long they were held.
///
/// @param window in seconds
public record TimesReport(
        @JsonProperty("window_s") long window,
        @JsonProperty("wait") TimeReport waits,
        @JsonProperty("create") TimeReport creations,
        @JsonProperty("use") TimeReport uses) {}
