package dev.lockstep.administration;

import dev.lockstep.document.Diagnostics;
import dev.lockstep.document.KeyPath;
import dev.lockstep.document.SourceLocation;

/** A text of a request, with where it stands there. */
record LocatedText(String text, SourceLocation place, KeyPath path) {
    void tell(Diagnostics mistakes, String message) {
        mistakes.add(place, path.text(), message);
    }
}
