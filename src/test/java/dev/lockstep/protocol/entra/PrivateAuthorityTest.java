package dev.lockstep.protocol.entra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.local.entra.Application;
import dev.lockstep.local.entra.SimulatedEntra;
import dev.lockstep.local.entra.Tenant;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process of its own signs in to the simulated Entra, because what the JVM trusts is settled once for a process: with
 * {@code javax.net.ssl.trustStore} it trusts a private authority, and without it does not.
 */
@Timeout(120)
class PrivateAuthorityTest {
    private static final URI GRAPH = URI.create("https://graph.example/v1.0");

    @Test
    void theJvmsUsualPropertiesNameIt() throws Exception {
        LocalAuthority authority = LocalAuthority.temporary();
        Tenant directory = new Tenant(GivenSettings.TENANT);
        directory.register(
                Application.of(GivenSettings.CLIENT).withSecret("s3cret").withRoles("graph", "Presence.ReadWrite.All"));
        directory.resource("graph", "https://graph.example");
        var tokens = new dev.lockstep.local.entra.TokenIssuer(GivenSettings.TENANT, InstantSource.system());
        ServerFaults faults = new ServerFaults(new SplittableRandom(1));
        try (SimulatedEntra entra =
                SimulatedEntra.start(0, authority.serverContext(), faults, directory, tokens, InstantSource.system())) {
            assertThat(signIn(
                            entra.url(),
                            "-Djavax.net.ssl.trustStore=" + authority.trustStore(),
                            "-Djavax.net.ssl.trustStorePassword=" + LocalAuthority.PASSWORD))
                    .contains("roles [Presence.ReadWrite.All] in " + GivenSettings.TENANT);
            assertThat(signIn(entra.url())).contains("Unreachable").contains("certification path");
        }
    }

    private static String signIn(String authority, String... properties) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(properties));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(SignIn.class.getName(), authority));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the other process does. */
    static final class SignIn {
        private SignIn() {}

        public static void main(String[] args) {
            EntraTokens tokens = new EntraTokens(
                    GivenSettings.secret(args[0], "s3cret"), reference -> reference, InstantSource.system());
            try {
                TokenClaims claims = tokens.current(GRAPH).claims().orElseThrow();
                System.out.println(
                        "roles " + claims.roles() + " in " + claims.tenantId().orElse(""));
            } catch (RuntimeException e) {
                System.out.println(e + " because of " + e.getCause());
            }
        }
    }
}
