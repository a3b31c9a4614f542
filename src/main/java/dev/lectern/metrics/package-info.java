/** What Prometheus is told: how the connections and the requests fare. */
@NullMarked
package dev.lectern.metrics;

import org.jspecify.annotations.NullMarked;
