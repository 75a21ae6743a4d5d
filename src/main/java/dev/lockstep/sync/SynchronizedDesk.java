package dev.lockstep.sync;

import dev.lockstep.agent.AgentState;
import dev.lockstep.agent.NewsDesk;
import dev.lockstep.platform.News;
import java.util.List;

/** Hands all news to the synchroniser. */
record SynchronizedDesk(Synchronizer synchronizer) implements NewsDesk {
    @Override
    public void take(String agentId, List<News> news, String trigger) {
        synchronizer.take(agentId, news, trigger);
    }

    @Override
    public void leave(String agentId, List<News> news) {
        synchronizer.record(agentId, news);
    }

    @Override
    public boolean matters(AgentState known, List<News> news) {
        return synchronizer.concerns(known, news);
    }
}
