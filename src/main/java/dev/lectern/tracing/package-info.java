/** Spans of OpenTelemetry for requests, the database's work and language models, where somebody collects them. */
@NullMarked
package dev.lectern.tracing;

import org.jspecify.annotations.NullMarked;
