package dev.lockstep.function;

import io.quarkus.amazon.lambda.runtime.FunctionError;
import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What the native executable tells Lambda when a function fails or its event cannot be read. Quarkus' Lambda extension
 * registers that class without its methods, so that it could not be written: one malformed event would end the process
 * without an answer.
 */
@RegisterForReflection(targets = FunctionError.class)
final class ErrorAnswer {
    private ErrorAnswer() {}
}
