package dev.lockstep.config;

import dev.lockstep.document.Mistakes;
import dev.lockstep.document.Path;
import dev.lockstep.document.Place;

/** A text of a request, with where it stands there. */
record Given(String text, Place place, Path path) {
    void tell(Mistakes mistakes, String message) {
        mistakes.add(place, path.text(), message);
    }
}
