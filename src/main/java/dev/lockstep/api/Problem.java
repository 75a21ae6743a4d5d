package dev.lockstep.api;

/** Something is wrong with a request; becomes problem details as RFC 9457 has them. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String title;

    private Problem(int status, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
    }

    static Problem badRequest(String detail) {
        return new Problem(400, "Bad request", detail);
    }

    static Problem unknownAgent() {
        return new Problem(
                404,
                "Unknown agent",
                "no agent has this id: use the id in Lockstep, the UPN, the systemuserid or the Entra object id");
    }

    static Problem noRoute() {
        return new Problem(404, "Not found", "there is nothing at this path");
    }

    static Problem wrongMethod(String allowed) {
        return new Problem(405, "Method not allowed", "use " + allowed);
    }

    static Problem tooLarge() {
        return new Problem(413, "Too large", "larger than 256 KB");
    }

    static Problem unknownStatus(String allowed) {
        return new Problem(422, "Unknown status", "status must be one of " + allowed);
    }

    static Problem unavailable() {
        return new Problem(503, "Not recorded", "the store did not answer; send it again");
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }
}
