package dev.lockstep.local.world;

import java.util.Locale;

/** Another process, perhaps another world, has a port that this world needs. The message is for the terminal. */
public final class PortTaken extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PortTaken(String setting, int port) {
        super("port " + port + " is taken: end what uses it, or set " + variable(setting) + " to another one");
    }

    private static String variable(String setting) {
        return setting.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
