package dev.lockstep.local.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that cannot choose a free port by themselves. */
final class Ports {
    private Ports() {}

    /**
     * The configured port, or the usual one; 0 leaves the choice to whoever opens it.
     *
     * @throws PortTaken if somebody else has it
     */
    static int free(String setting, int usual) {
        int port = LaunchSettings.port(setting, usual);
        try (ServerSocket all = new ServerSocket(port)) {
            return port == 0 ? 0 : all.getLocalPort();
        } catch (IOException e) {
            throw new PortTaken(setting, port);
        }
    }

    /** The port itself, or any free one for 0. */
    static int orFree(int port) {
        if (port != 0) {
            return port;
        }
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
