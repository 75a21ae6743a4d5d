package dev.lockstep.board;

import dev.lockstep.store.AgentViews;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the board together. */
@Singleton
final class BoardBeans {
    @Produces
    @Singleton
    Board board(AgentViews views, @Location("board/page.html") Template page) {
        return new Board(views, page);
    }
}
