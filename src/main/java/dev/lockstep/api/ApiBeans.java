package dev.lockstep.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.directory.AgentLookup;
import dev.lockstep.intake.EvidenceIntake;
import dev.lockstep.store.AgentStore;
import dev.lockstep.store.AgentViews;
import dev.lockstep.store.Timeline;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the API together. */
@Singleton
final class ApiBeans {
    @Produces
    @Singleton
    Api api(
            AgentLookup lookup,
            AgentStore store,
            AgentViews views,
            Timeline timeline,
            EvidenceIntake intake,
            ObjectMapper json) {
        return new Api(lookup, store, views, timeline, intake, json);
    }
}
