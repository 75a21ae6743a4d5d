package dev.lockstep.store.dynamodb;

import dev.lockstep.agent.AgentView;
import dev.lockstep.agent.Configured;
import dev.lockstep.agent.LatestDecision;
import dev.lockstep.agent.Lease;
import dev.lockstep.agent.Profile;
import dev.lockstep.platform.Condition;
import dev.lockstep.platform.Display;
import dev.lockstep.platform.Evidence;
import dev.lockstep.platform.Ledger;
import dev.lockstep.platform.LedgerEntry;
import dev.lockstep.platform.Observation;
import dev.lockstep.platform.Progress;
import dev.lockstep.platform.Standing;
import dev.lockstep.presence.CallState;
import dev.lockstep.presence.Calls;
import dev.lockstep.presence.Choices;
import dev.lockstep.presence.Decision;
import dev.lockstep.presence.Facts;
import dev.lockstep.presence.KnownCall;
import dev.lockstep.presence.KnownChoice;
import dev.lockstep.presence.KnownFact;
import dev.lockstep.presence.LineSnapshot;
import dev.lockstep.presence.Reason;
import dev.lockstep.presence.Roster;
import dev.lockstep.presence.Rosters;
import dev.lockstep.presence.Shift;
import dev.lockstep.presence.SignIn;
import dev.lockstep.presence.SignOut;
import dev.lockstep.presence.Signal;
import dev.lockstep.presence.Situation;
import dev.lockstep.presence.Source;
import dev.lockstep.presence.SourceTime;
import dev.lockstep.presence.Status;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * Every type that stands in a stored item. Jackson finds their components by reflection, and a native image keeps only
 * what it is told to keep: here, because the core knows neither Jackson nor Quarkus.
 */
@RegisterForReflection(
        targets = {
            StateJson.Remembered.class,
            StateJson.EndedCall.class,
            StateJson.ByKind.class,
            StateJson.AsItsName.class,
            StateJson.OnlyIfRemoved.class,
            StateJson.OnlyIfNamed.class,
            ShownView.class,
            AgentView.OnPlatform.class,
            AgentView.OnPlatform.Told.class,
            Profile.class,
            Configured.class,
            Lease.class,
            LatestDecision.class,
            Situation.class,
            Calls.class,
            Facts.class,
            Choices.class,
            SignIn.class,
            Rosters.class,
            KnownCall.class,
            CallState.class,
            LineSnapshot.class,
            KnownFact.class,
            KnownChoice.class,
            SourceTime.class,
            SignOut.class,
            Roster.class,
            Shift.class,
            Source.class,
            Status.class,
            Decision.class,
            Reason.class,
            Reason.Kind.class,
            Standing.class,
            Ledger.class,
            Display.class,
            Progress.class,
            Condition.class,
            LedgerEntry.class,
            LedgerEntry.Outcome.class,
            Observation.class,
            Evidence.class,
            Evidence.Reported.class,
            Evidence.Observed.class,
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
