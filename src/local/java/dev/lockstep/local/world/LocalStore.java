package dev.lockstep.local.world;

import java.io.OutputStream;
import java.io.PrintStream;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local, in memory. */
final class LocalStore implements AutoCloseable {
    private final DynamoDBProxyServer server;

    private LocalStore(DynamoDBProxyServer server) {
        this.server = server;
    }

    static LocalStore start(int port) {
        int free = Ports.orFree(port);
        PrintStream terminal = System.out;
        try {
            // It prints its own settings; the terminal is for the journey.
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            DynamoDBProxyServer server = ServerRunner.createServerFromCommandLineArgs(
                    new String[] {"-inMemory", "-sharedDb", "-disableTelemetry", "-port", String.valueOf(free)});
            server.start();
            System.setProperty("quarkus.dynamodb.endpoint-override", "http://localhost:" + free);
            return new LocalStore(server);
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start on port " + free, e);
        } finally {
            System.setOut(terminal);
        }
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
