package dev.lockstep.local.dynamics.webapi;

import dev.lockstep.local.dynamics.model.DynamicsModel;
import dev.lockstep.local.dynamics.table.ODataError;
import dev.lockstep.local.entra.Caller;
import dev.lockstep.local.server.Request;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who may do what: application users, their roles, and impersonation, whose rights are the intersection of both. */
public final class Callers {

    /**
     * Whoever a request acts as.
     *
     * @param application the application user that sent it
     * @param impersonated the user named by MSCRMCallerID
     */
    public record Acting(ApplicationUser application, Optional<UUID> impersonated, boolean impersonatedSupervises) {

        /** Whose quota the request is charged to. */
        public String charged() {
            return impersonated.orElse(application.id()).toString();
        }

        boolean supervises() {
            return application.is(ApplicationUser.SUPERVISOR) && (impersonated.isEmpty() || impersonatedSupervises);
        }

        /** Representatives hold the agent's role, so that here only the application's own counts. */
        boolean isRepresentative() {
            return application.is(ApplicationUser.AGENT) || application.is(ApplicationUser.SUPERVISOR);
        }

        void demand(boolean holds, String privilege) {
            if (!holds) {
                throw ODataError.forbidden("Principal user (Id=" + application.id() + ", type=8, roleCount="
                        + application.roles().size() + ") is missing " + privilege + " privilege.");
            }
        }
    }

    private final Map<String, ApplicationUser> applications = new ConcurrentHashMap<>();
    private final Set<UUID> supervisors = ConcurrentHashMap.newKeySet();
    private final DynamicsModel model;

    public Callers(DynamicsModel model) {
        this.model = model;
    }

    public void add(ApplicationUser application) {
        applications.put(application.clientId().toString(), application);
    }

    public void makeSupervisor(UUID representative) {
        supervisors.add(representative);
    }

    public Collection<ApplicationUser> applications() {
        return List.copyOf(applications.values());
    }

    /** @throws ODataError 403 when the application is no user here, or may not impersonate */
    public Acting acting(Caller caller, Request request) {
        ApplicationUser application = Optional.ofNullable(applications.get(caller.appId()))
                .orElseThrow(() -> new ODataError(403, "0x80072560", "The user is not a member of the organization."));
        Optional<UUID> impersonated = request.header("MSCRMCallerID")
                .map(Callers::guid)
                .or(() -> request.header("CallerObjectId").map(this::userOfEntra));
        impersonated.ifPresent(user -> demandImpersonation(application, user));
        return new Acting(
                application,
                impersonated,
                impersonated.filter(supervisors::contains).isPresent());
    }

    private void demandImpersonation(ApplicationUser application, UUID user) {
        if (model.agent(user).isEmpty()) {
            throw ODataError.noSuchRow("systemuser", user);
        }
        if (!application.is(ApplicationUser.DELEGATE)) {
            throw ODataError.forbidden("Principal user (Id=" + application.id()
                    + ") is missing prvActOnBehalfOfAnotherUser privilege: CannotActOnBehalfOfAnotherUser.");
        }
    }

    private UUID userOfEntra(String entraId) {
        UUID wanted = guid(entraId);
        return model.agents().stream()
                .filter(agent -> agent.who().entraId().equals(wanted))
                .map(agent -> agent.who().id())
                .findFirst()
                .orElseThrow(() -> ODataError.noSuchRow("systemuser", entraId));
    }

    /** @throws ODataError 400 */
    public static UUID guid(String text) {
        if (!text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            throw ODataError.badRequest("Guid should contain 32 digits with 4 dashes: '" + text + "'.");
        }
        return UUID.fromString(text);
    }
}
