package dev.lockstep.failure;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/** Everything that one class logs, as a terminal would show it, stack traces included. */
public final class RecordedLog extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<String> lines = new ArrayList<>();

    public RecordedLog(Class<?> type) {
        this.logger = Logger.getLogger(type.getName());
        logger.addHandler(this);
    }

    public String text() {
        return String.join("\n", lines);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(new PatternFormatter("%p %s%e").format(ExtLogRecord.wrap(entry)));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
