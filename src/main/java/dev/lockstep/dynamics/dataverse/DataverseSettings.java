package dev.lockstep.dynamics.dataverse;

import dev.lockstep.protocol.entra.AppRegistration;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where Dynamics 365 is, how it calls us and how long we wait for it. Part of {@code lockstep.dynamics}. */
public interface DataverseSettings {
    /** The environment: {@code https://contoso.crm4.dynamics.com}. Tokens are for its origin. */
    Optional<URI> url();

    /** What its webhook sends in {@code x-lockstep-key}, or where that is stored; two values while it is replaced. */
    Optional<List<String>> webhookKey();

    /**
     * The systemuserid of a supervisor in whose name presences are written, where Dynamics refuses the application itself.
     * Microsoft's sample of CCaaS_ModifyAgentPresence does it so. The application then needs the role Delegate.
     */
    Optional<String> callerId();

    @WithDefault("2s")
    Duration connectTimeout();

    /** For one write. */
    @WithDefault("${lockstep.deadline:2s}")
    Duration timeout();

    /** For one page of a read. */
    @WithDefault("10s")
    Duration readTimeout();

    /** Rows asked for at once; Dataverse gives fewer or up to 5000. */
    @WithDefault("500")
    int pageSize();

    /**
     * The row of msdyn_bookingsetupmetadata that marks bookings as shifts, not as field service
     * (dynamics365-customerservice-wem-samples, Import).
     */
    @WithDefault("4beb9fdb-48e9-453f-b008-5862ff902c5d")
    String bookingSetup();

    /**
     * Further app registrations whose application users write presences, beside that of lockstep.entra: Dataverse counts
     * what it takes by user, and agents are shared out among them.
     */
    List<Registration> registrations();

    /** One of them. Of the same directory. */
    interface Registration extends AppRegistration {}

    Workstreams workstreams();

    /**
     * Where workstreams and the presences that they allow are read. Microsoft does not document the columns for outside
     * use, so another version may call them otherwise.
     */
    interface Workstreams {
        @WithDefault("msdyn_liveworkstreams")
        String table();

        @WithDefault("msdyn_name")
        String name();

        /** A multi-select choice of base statuses. */
        @WithDefault("msdyn_allowedpresences")
        String allowedPresences();
    }
}
