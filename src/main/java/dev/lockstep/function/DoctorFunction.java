package dev.lockstep.function;

import dev.lockstep.doctor.Doctor;
import dev.lockstep.doctor.Report;
import io.quarkus.funqy.Funq;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Examines the installation for an administrator. */
@Invocation
public class DoctorFunction {
    @Inject
    Doctor doctor;

    @Inject
    Metrics metrics;

    @Inject
    InstantSource clock;

    @Funq("doctor")
    public Report examine(Request request) {
        doctor.credentialEnds().forEach(end -> metrics.credentialLeft(Duration.between(clock.instant(), end)));
        return doctor.examine(
                Optional.ofNullable(request.agent()).filter(name -> !name.isBlank()),
                Boolean.TRUE.equals(request.test()));
    }

    /**
     * What is to be examined besides the installation.
     *
     * @param agent by any name that they have; missing for nobody in particular
     * @param test whether the agent's status is to be changed for a few seconds
     */
    @RegisterForReflection
    public record Request(String agent, Boolean test) {}
}
