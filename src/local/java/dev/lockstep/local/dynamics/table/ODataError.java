package dev.lockstep.local.dynamics.table;

/** A request that Dataverse refuses: status, its own code (hexadecimal) and its message. */
public final class ODataError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public ODataError(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    public static ODataError badRequest(String message) {
        return new ODataError(400, "0x80060888", message);
    }

    public static ODataError badPayload(String message) {
        return new ODataError(400, "0x80048d19", "Error identified in Payload provided by the user. " + message);
    }

    static ODataError noSuchProperty(String name, Table table) {
        return badRequest("Could not find a property named '" + name + "' on type 'Microsoft.Dynamics.CRM."
                + table.logicalName() + "'.");
    }

    public static ODataError noSuchSegment(String segment) {
        return new ODataError(404, "0x80060888", "Resource not found for the segment '" + segment + "'.");
    }

    public static ODataError noSuchRow(String logicalName, Object id) {
        return new ODataError(404, "0x80040217", "Entity '" + logicalName + "' With Id = " + id + " Does Not Exist");
    }

    public static ODataError forbidden(String message) {
        return new ODataError(403, "0x80040220", message);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
