package dev.lockstep.local.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {
    @Test
    void aTakenPortIsToldWithTheSettingThatMovesIt() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.free("lockstep.local.graph-port", other.getLocalPort()))
                    .isInstanceOf(PortTaken.class)
                    .hasMessage("port " + other.getLocalPort()
                            + " is taken: end what uses it, or set LOCKSTEP_LOCAL_GRAPH_PORT to another one");
        }
    }

    @Test
    void anyPortWillDoForZero() {
        assertThat(Ports.free("lockstep.local.graph-port", 0)).isZero();
    }
}
