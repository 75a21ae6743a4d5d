package dev.lockstep.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.protocol.http.HttpAnswer;
import dev.lockstep.protocol.http.Problem;
import dev.lockstep.protocol.http.RejectedRequest;
import java.util.Map;

/** What applications are answered, and why they are not. */
record JsonAnswers(ObjectMapper json) {
    HttpAnswer ok(Object body) {
        return answer(200, "application/json", body);
    }

    HttpAnswer rejection(RejectedRequest why) {
        return answer(why.reason().status(), Problem.TYPE, Problem.of(why)).with(why.headers());
    }

    private HttpAnswer answer(int status, String type, Object body) {
        try {
            return new HttpAnswer(status, type, json.writeValueAsString(body), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
