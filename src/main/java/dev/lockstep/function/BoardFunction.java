package dev.lockstep.function;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.lockstep.board.Board;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;

/** The supervisor's page. */
public class BoardFunction {
    static final String NAME = "board";

    @Inject
    HttpEdge http;

    @Inject
    Metrics metrics;

    @Inject
    Board board;

    @Funq(NAME)
    public APIGatewayV2HTTPResponse handle(APIGatewayV2HTTPEvent event) {
        return http.answer(NAME, event, call -> {
            Board.Handled handled = board.handle(call);
            handled.refusal().ifPresent(why -> metrics.refused(NAME, why.name()));
            return handled.answer();
        });
    }
}
