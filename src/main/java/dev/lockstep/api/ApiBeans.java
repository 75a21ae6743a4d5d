package dev.lockstep.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.agent.AgentLookup;
import dev.lockstep.agent.AgentStore;
import dev.lockstep.agent.AgentViews;
import dev.lockstep.agent.Identities;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.agent.Timeline;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the API together. */
@Singleton
final class ApiBeans {
    @Produces
    @Singleton
    Api api(
            AgentStore store,
            Identities identities,
            AgentViews views,
            Timeline timeline,
            NewsDesk desk,
            ObjectMapper json) {
        return new Api(
                new AgentLookup(store, identities),
                store,
                views,
                timeline,
                (agentId, news) -> desk.take(agentId, news, "api"),
                json);
    }
}
