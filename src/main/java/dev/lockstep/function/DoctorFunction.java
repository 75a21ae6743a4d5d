package dev.lockstep.function;

import dev.lockstep.doctor.Doctor;
import dev.lockstep.doctor.Report;
import io.quarkus.funqy.Funq;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/** Examines the installation for an administrator. */
@Invocation
public class DoctorFunction {
    @Inject
    Doctor doctor;

    @Inject
    Metrics metrics;

    @Inject
    InstantSource clock;

    /**
     * @param request {@code agent}: whom to examine besides the installation, by any name that they have; {@code test}:
     *     whether that agent's status is to be changed for a few seconds
     */
    @Funq("doctor")
    public Report examine(Map<String, Object> request) {
        doctor.credentialEnds().forEach(end -> metrics.credentialLeft(Duration.between(clock.instant(), end)));
        return doctor.examine(request);
    }
}
