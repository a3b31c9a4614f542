package dev.lectern.console;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What every thread of the platform does now, and those virtual ones that one asks for.
///
/// The JVM's own dump has all virtual ones, but looks at them while they come to a carrier or leave it: a few dumps
/// under load end a process of JDK 25.0.3 (<https://bugs.openjdk.org/browse/JDK-8364343>). A thread's own stack trace
/// does not.
final class ThreadDump {

    private ThreadDump() {}

    static String take(Set<Thread> virtual) {
        Map<Thread, StackTraceElement[]> stacks = new HashMap<>(Thread.getAllStackTraces());
        virtual.forEach(thread -> stacks.put(thread, thread.getStackTrace()));
        return stacks.entrySet().stream()
                .filter(each -> each.getKey().isAlive())
                .sorted(Comparator.comparingLong(each -> each.getKey().threadId()))
                .map(each -> text(each.getKey(), each.getValue()))
                .collect(Collectors.joining("\n"));
    }

    private static String text(Thread thread, StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder("#%d \"%s\"%s %s\n"
                .formatted(
                        thread.threadId(), thread.getName(), thread.isVirtual() ? " virtual" : "", thread.getState()));
        for (StackTraceElement frame : stack) {
            text.append("      ").append(frame).append('\n');
        }
        return text.toString();
    }
}
