package dev.lockstep.function;

import dev.lockstep.failure.StackTrace;
import dev.lockstep.platform.PlatformException;
import dev.lockstep.store.StoreUnavailable;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import org.jboss.logging.Logger;

/**
 * What stands around every invocation of a function: its counts are published at its end, and what nobody foresaw is
 * logged without its messages before Lambda's runtime, which would print them, is told of it.
 */
@Invocation
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class InvocationInterceptor {
    private static final Logger LOG = Logger.getLogger(InvocationInterceptor.class);

    private final Metrics metrics;

    @Inject
    InvocationInterceptor(Metrics metrics) {
        this.metrics = metrics;
    }

    @AroundInvoke
    Object invoke(InvocationContext invocation) throws Exception {
        try {
            return proceed(invocation);
        } finally {
            metrics.publish();
        }
    }

    /** The messages of our own exceptions are written to be read; all others may hold what was sent. */
    private static Object proceed(InvocationContext invocation) throws Exception {
        try {
            return invocation.proceed();
        } catch (StoreUnavailable | PlatformException | InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String function = invocation.getMethod().getDeclaringClass().getSimpleName();
            LOG.errorf("%s failed: %s", function, StackTrace.of(e));
            throw new FunctionFailed(function + " failed: " + e.getClass().getName() + "; see its log");
        }
    }

    /** Tells Lambda that an invocation failed. Without a cause: the runtime prints every message that it finds. */
    static final class FunctionFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FunctionFailed(String message) {
            super(message, null, false, false);
        }
    }
}
