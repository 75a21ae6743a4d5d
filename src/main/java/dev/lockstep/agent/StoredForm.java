package dev.lockstep.agent;

import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Entry;
import dev.lockstep.platform.News;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.CallTrace;
import dev.lockstep.presence.Chosen;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.FactTrace;
import dev.lockstep.presence.LineTrace;
import dev.lockstep.presence.Moment;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.SignOut;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Every type that stands in a stored item. Jackson finds their components by reflection, and a native image keeps only
 * what it is told to keep: here, because the core knows neither Jackson nor Quarkus.
 */
@RegisterForReflection(
        targets = {
            StateJson.Remembered.class,
            StateJson.ByKind.class,
            StateJson.AsItsName.class,
            AgentView.Details.class,
            AgentView.OnPlatform.class,
            Profile.class,
            Lease.class,
            Situation.class,
            CallTrace.class,
            CallState.class,
            LineTrace.class,
            FactTrace.class,
            Chosen.class,
            Moment.class,
            SignOut.class,
            Roster.class,
            Shift.class,
            Source.class,
            Status.class,
            Decision.class,
            Reason.class,
            Reason.Kind.class,
            Standing.class,
            Condition.class,
            Entry.class,
            Entry.Outcome.class,
            Observation.class,
            News.class,
            News.Told.class,
            News.Seen.class,
            Signal.class,
            Signal.Call.class,
            Signal.Calls.class,
            Signal.Fact.class,
            Signal.FactEnded.class,
            Signal.Choice.class,
            Signal.ChoiceWithdrawn.class,
            Signal.SignedIn.class,
            Signal.SignedOut.class,
            Signal.Shifts.class
        })
final class StoredForm {
    private StoredForm() {}
}
