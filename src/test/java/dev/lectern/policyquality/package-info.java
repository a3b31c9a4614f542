/** What the warm-up policies avoid and cost, on arrivals that really happened. */
@NullMarked
package dev.lectern.policyquality;

import org.jspecify.annotations.NullMarked;
