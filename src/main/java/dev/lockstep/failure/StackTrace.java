package dev.lockstep.failure;

import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Where a failure nobody foresaw happened, for the log: the classes and frames of it, of its causes and of what it
 * suppressed. Without any message, because a message may quote what was sent: a token, a telephone number, a body.
 */
public final class StackTrace {
    private final StringBuilder text = new StringBuilder();
    private final Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());

    private StackTrace() {}

    public static String of(Throwable failure) {
        StackTrace trace = new StackTrace();
        trace.add("", failure, "");
        return trace.text.toString();
    }

    private void add(String role, Throwable failure, String indent) {
        text.append(role).append(failure.getClass().getName());
        if (!shown.add(failure)) {
            text.append(" (shown above)");
            return;
        }
        for (StackTraceElement frame : failure.getStackTrace()) {
            text.append('\n').append(indent).append("\tat ").append(frame);
        }
        Arrays.stream(failure.getSuppressed())
                .forEach(other -> add("\n" + indent + "\tSuppressed: ", other, indent + "\t"));
        if (failure.getCause() != null) {
            add("\n" + indent + "Caused by: ", failure.getCause(), indent);
        }
    }
}
