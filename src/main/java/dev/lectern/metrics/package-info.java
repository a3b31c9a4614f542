/** What is measured: how connections, requests and answers fare, for Prometheus, the log and the last minute. */
@NullMarked
package dev.lectern.metrics;

import org.jspecify.annotations.NullMarked;
