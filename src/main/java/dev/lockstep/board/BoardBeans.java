package dev.lockstep.board;

import dev.lockstep.store.AgentViews;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the board together. */
@Singleton
final class BoardBeans {
    @Produces
    @Singleton
    Board board(AgentViews views) {
        return new Board(views);
    }
}
