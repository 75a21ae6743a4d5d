package dev.lockstep.mapping;

import dev.lockstep.document.DocumentNode;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;
import java.util.Optional;

/** What differs between platforms in a mapping document: how a platform names a status, and how it is told one. */
public interface MappingSyntax {
    /** Checks the platform's name of a status. */
    void checkName(String name, SourceLocation place, KeyPath path, MappingProblems problems);

    /** How a status is written there; empty after a mistake, which is then among the problems. */
    Optional<OutboundRule> writing(DocumentNode tree, KeyPath path, MappingProblems problems);
}
