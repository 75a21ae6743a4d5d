package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.board.Board;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** The supervisor's page. */
@Invocation
public class BoardFunction {
    @Inject
    HttpTrigger http;

    @Inject
    Board board;

    @Funq("board")
    public APIGatewayV2HTTPResponse handle(GatewayEvent event) {
        return http.answer(board, event);
    }
}
