package dev.lockstep.simulation;

import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A line for every change of an agent would be millions. */
final class MutedLogs implements BeforeAllCallback, AfterAllCallback {
    private static final Logger PRODUCT = Logger.getLogger("dev.lockstep");

    private Level before;

    @Override
    public void beforeAll(ExtensionContext context) {
        before = PRODUCT.getLevel();
        PRODUCT.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        PRODUCT.setLevel(before);
    }
}
