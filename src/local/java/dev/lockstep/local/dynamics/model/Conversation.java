package dev.lockstep.local.dynamics.model;

import dev.lockstep.local.dynamics.table.Choice;
import dev.lockstep.local.dynamics.table.Lookup;
import dev.lockstep.local.dynamics.table.SelectedChoices;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row of {@code msdyn_ocliveworkitem}. Values from its table reference, learn.microsoft.com. */
public record Conversation(
        Work work,
        Representative agent,
        Phase phase,
        Activity activity,
        Optional<Instant> wrapUpSince,
        Optional<Instant> closedOn,
        Instant modifiedOn,
        long version) {
    public static final String TABLE = "msdyn_ocliveworkitem";

    enum Phase {
        ACTIVE(2, "Active", Choice.ACTIVE),
        CLOSED(4, "Closed", new Choice(1, "Closed")),
        WRAP_UP(5, "Wrap-up", Choice.ACTIVE);

        private final Choice status;
        private final Choice state;

        Phase(int status, String label, Choice state) {
            this.status = new Choice(status, label);
            this.state = state;
        }
    }

    /** {@code msdyn_conversationactivitystate}. */
    enum Activity {
        DEFAULT(0, "Default"),
        TALK(1, "Talk"),
        HOLD(2, "Hold"),
        ENDED(3, "Ended");

        private final Choice choice;

        Activity(int value, String label) {
            choice = new Choice(value, label);
        }
    }

    public static Conversation accepted(Work work, Representative agent) {
        Activity activity = work.channel() == Work.Channel.VOICE_CALL ? Activity.TALK : Activity.DEFAULT;
        return new Conversation(
                work, agent, Phase.ACTIVE, activity, Optional.empty(), Optional.empty(), work.since(), 0);
    }

    public Conversation doing(Activity now) {
        return new Conversation(work, agent, phase, now, wrapUpSince, closedOn, modifiedOn, version);
    }

    public Conversation wrappingUp(Instant at) {
        return new Conversation(work, agent, Phase.WRAP_UP, ended(), Optional.of(at), closedOn, modifiedOn, version);
    }

    public Conversation closed(Instant at) {
        return new Conversation(work, agent, Phase.CLOSED, ended(), wrapUpSince, Optional.of(at), modifiedOn, version);
    }

    public Conversation heldBy(Representative other) {
        return new Conversation(work, other, phase, activity, wrapUpSince, closedOn, modifiedOn, version);
    }

    public Conversation written(Instant at, long newVersion) {
        return new Conversation(work, agent, phase, activity, wrapUpSince, closedOn, at, newVersion);
    }

    private Activity ended() {
        return work.channel() == Work.Channel.VOICE_CALL ? Activity.ENDED : activity;
    }

    public Map<String, Object> columns() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("activityid", work.id());
        row.put("subject", work.channel().choice().label());
        row.put("msdyn_activeagentid", Lookup.user(agent.id(), agent.name()));
        row.put("msdyn_channel", new SelectedChoices(List.of(work.channel().choice())));
        row.put("msdyn_isagentaccepted", true);
        row.put("msdyn_startedon", work.since().truncatedTo(ChronoUnit.SECONDS));
        row.put("msdyn_wrapupinitiatedon", wrapUpSince.orElse(null));
        row.put("msdyn_closedon", closedOn.orElse(null));
        row.put("msdyn_conversationactivitystate", activity.choice);
        row.put("statecode", phase.state);
        row.put("statuscode", phase.status);
        row.put("createdon", work.since().truncatedTo(ChronoUnit.SECONDS));
        row.put("modifiedon", modifiedOn.truncatedTo(ChronoUnit.SECONDS));
        row.put("versionnumber", version);
        return row;
    }
}
