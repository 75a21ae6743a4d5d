package dev.lockstep.doctor;

import dev.lockstep.check.Finding;
import dev.lockstep.check.Finding.Grade;
import dev.lockstep.phone.PhoneTroubles.Trouble;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What the doctor found.
 *
 * @param ok whether nothing failed; warnings are allowed
 * @param unknownLines that authenticated phones named and nobody is configured for
 * @param text the same for people
 * @param exitCode 0 if ok, else 1: for scripts that invoke the function
 */
@RegisterForReflection
public record Report(boolean ok, List<Result> checks, List<UnknownLine> unknownLines, String text, int exitCode) {
    public Report {
        checks = List.copyOf(checks);
        unknownLines = List.copyOf(unknownLines);
    }

    /**
     * One check's result.
     *
     * @param ok {@code ok}, {@code warning}, {@code failed} or {@code skipped}
     * @param fix what can be done; blank where nothing has to be
     */
    @RegisterForReflection
    public record Result(String name, String ok, String detail, String fix) {
        static Result of(String name, Finding finding) {
            return new Result(name, finding.grade().label(), finding.detail(), finding.fix());
        }

        private boolean is(Grade grade) {
            return ok.equals(grade.label());
        }

        private String text() {
            String line = String.format("%-8s %s: %s%n", ok, name, detail);
            return fix.isBlank() ? line : line + "         -> " + fix + System.lineSeparator();
        }
    }

    /** @param lastAt null if it is not known */
    @RegisterForReflection
    public record UnknownLine(String connection, String line, long count, Instant lastAt) {
        static UnknownLine of(Trouble unknown) {
            return new UnknownLine(
                    unknown.connection(),
                    unknown.name(),
                    unknown.count(),
                    unknown.lastAt().orElse(null));
        }
    }

    static Report of(List<Result> checks, List<UnknownLine> unknownLines) {
        boolean ok = checks.stream().noneMatch(check -> check.is(Grade.FAILED));
        return new Report(ok, checks, unknownLines, text(checks, ok), ok ? 0 : 1);
    }

    private static String text(List<Result> checks, boolean ok) {
        long warnings = checks.stream().filter(check -> check.is(Grade.WARNING)).count();
        long failures = checks.stream().filter(check -> check.is(Grade.FAILED)).count();
        return checks.stream().map(Result::text).collect(Collectors.joining())
                + (ok ? "All is well" : "Something needs you")
                + ": " + checks.size() + " checks, " + failures + " failed, " + warnings + " with a warning.";
    }
}
