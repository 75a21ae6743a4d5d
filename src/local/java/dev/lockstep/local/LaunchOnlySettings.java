package dev.lockstep.local;

import dev.lockstep.settings.LockstepSettings;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithName;
import java.util.Optional;

/**
 * What is read before the functions start, by the launcher, the simulated parts and the scripts of this repository. It
 * is named here because a started process inherits it.
 */
@ConfigMapping(prefix = "lockstep")
public interface LaunchOnlySettings extends LockstepSettings {
    Local local();

    Benchmark benchmark();

    /** {@code events/send}. */
    Optional<String> url();

    /** {@code events/send}. */
    Optional<String> pbxSecret();

    /** {@code .ci/run}. */
    @WithName("native")
    Optional<String> nativeBuild();

    /** {@code .ci/run}. */
    Optional<String> pages();

    /** {@code .ci/native-toolchain}. */
    Optional<String> nativeAssembler();

    /** {@code .ci/run}. */
    Optional<String> terraform();

    /** {@code terraform/check}. */
    Optional<String> terraformPlugins();

    /** {@code terraform/check}. */
    Optional<String> requireTerraform();

    /** The simulated parts: where they listen, and by which rules they fail from the start. */
    interface Local {
        /** The process with which the world ends. */
        Optional<Long> parentPid();

        Optional<String> dynamodbPort();

        Optional<String> queuePort();

        Optional<String> entraPort();

        Optional<String> graphPort();

        Optional<String> dataversePort();

        Optional<String> applicationPort();

        Optional<String> entraFaults();

        Optional<String> graphFaults();

        Optional<String> dataverseFaults();

        Optional<String> applicationFaults();
    }

    /** How much is measured. */
    interface Benchmark {
        Optional<Integer> events();
    }
}
