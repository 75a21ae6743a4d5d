package dev.lockstep.local.world;

import dev.lockstep.local.application.ThirdPartyApplication;
import dev.lockstep.local.dynamics.model.Representative;
import dev.lockstep.local.server.LocalAuthority;
import dev.lockstep.local.server.ServerFaults;
import dev.lockstep.local.teams.SimulatedGraph;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;

/**
 * The simulated platforms and the people on them. The functions are told their URLs and a credential, as they would be
 * told the real ones'.
 */
final class SimulatedPlatforms implements AutoCloseable {
    static final String APPLICATION_SECRET = "whsec_bG9jYWwtYXBwbGljYXRpb24tc2VjcmV0LTAxMjM0NQ==";

    private static final String SUPERVISOR = "c0ffee00-0000-4000-8000-000000000007";
    private static final String ADMINISTRATOR = "c0ffee00-0000-4000-8000-000000000008";

    private static final int FRONT_PORT = 8080;
    private static final int ENTRA_PORT = 8091;
    private static final int GRAPH_PORT = 8092;
    private static final int DATAVERSE_PORT = 8093;
    private static final int APPLICATION_PORT = 8094;

    private final LocalAuthority authority = LocalAuthority.temporary();
    private final SimulatedTenant tenant;
    private final ThirdPartyApplication application;

    private SimulatedPlatforms() {
        authority.trustInThisProcess();
        tenant = new SimulatedTenant(authority, SimulatedPlatforms::port, SimulatedPlatforms::faults);
        application = ThirdPartyApplication.start(
                port("application"),
                faults("application"),
                List.of(APPLICATION_SECRET),
                HttpClient.newHttpClient(),
                Clock.systemUTC());
        LaunchSettings.of("lockstep.graph.url").ifPresent(url -> tenant.accept(SimulatedGraph.RESOURCE, url));
        LaunchSettings.of("lockstep.dynamics.url").ifPresent(url -> tenant.accept("dynamics", url));
        Team.ALL.forEach(this::hire);
        tenant.admit(SUPERVISOR, "supervisor@contoso.com", "Presence.Read", "Presence.Supervise");
        tenant.join(SUPERVISOR, SimulatedTenant.SUPERVISORS);
        tenant.admit(ADMINISTRATOR, "administrator@contoso.com", "Presence.Read", "Configuration.Manage");
        if (LaunchSettings.of("lockstep.entra.authority").isEmpty()) {
            tenant.signInAt("http://localhost:" + LaunchSettings.port("lockstep.http.port", FRONT_PORT))
                    .forEach(LaunchSettings::offer);
        }
        tenant.settings().forEach(LaunchSettings::offer);
    }

    static SimulatedPlatforms start() {
        return new SimulatedPlatforms();
    }

    private static int port(String part) {
        int usual = switch (part) {
            case "entra" -> ENTRA_PORT;
            case "graph" -> GRAPH_PORT;
            case "dataverse" -> DATAVERSE_PORT;
            default -> APPLICATION_PORT;
        };
        return Ports.free("lockstep.local." + part + "-port", usual);
    }

    /** Rules may be configured from the start: {@code lockstep.local.graph-faults}, as PUT to {@code /_faults}. */
    private static ServerFaults faults(String part) {
        ServerFaults faults = SimulatedTenant.noFaults(part);
        LaunchSettings.of("lockstep.local." + part + "-faults").ifPresent(faults::set);
        return faults;
    }

    /** Teams is open on everybody's machine and nobody has touched it yet: it shows Away. */
    private void hire(Team.Member member) {
        tenant.hire(Representative.of(member.systemUserId(), member.name(), member.upn(), member.entraId()));
        tenant.teams().goIdle(member.entraId().toString());
        tenant.admit(member.entraId().toString(), member.upn(), "Presence.Write");
    }

    /** Dataverse calls us from now on. */
    void registerWebhook(String front) {
        tenant.center()
                .webhooks()
                .registerWebhook(URI.create(front + "/dynamics"), "x-lockstep-key", SimulatedTenant.WEBHOOK_KEY);
    }

    SimulatedTenant tenant() {
        return tenant;
    }

    ThirdPartyApplication application() {
        return application;
    }

    @Override
    public void close() {
        application.close();
        tenant.close();
    }
}
