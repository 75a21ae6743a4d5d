package dev.lockstep.store.dynamodb;

import dev.lockstep.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * One table. Every call is counted, and every way in which the store can leave us without an answer becomes
 * {@link StoreUnavailable}: time-outs, throttling and faults, and refusals too (a missing table or permission), because
 * after any of them the sender must keep the event and send it again.
 */
final class DynamoTable {
    /** The most that one answer holds. */
    private static final int BATCH = 100;

    private static final int MOST_BATCHES = 5;

    private final DynamoDbClient client;
    private final String prefix;
    private final String table;
    private final StoreMeter meter;

    DynamoTable(DynamoDbClient client, String prefix, String table, StoreMeter meter) {
        this.client = client;
        this.prefix = prefix;
        this.table = table;
        this.meter = meter;
    }

    /** The table's name in DynamoDB. */
    String name() {
        return prefix + table;
    }

    <T> T read(Function<DynamoDbClient, T> call) {
        meter.read(table);
        return answerOf(call);
    }

    /** @throws ConditionalCheckFailedException if the request's condition does not hold */
    <T> T write(Function<DynamoDbClient, T> call) {
        meter.write(table);
        return answerOf(call);
    }

    /** As it is now, not as it was a moment ago. */
    Optional<Map<String, AttributeValue>> item(Map<String, AttributeValue> key) {
        GetItemResponse answer = read(
                dynamo -> dynamo.getItem(get -> get.tableName(name()).key(key).consistentRead(true)));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** Many items, a hundred at a time, at most a moment behind; whoever is not there is left out. */
    Stream<Map<String, AttributeValue>> items(List<Map<String, AttributeValue>> keys) {
        return IntStream.iterate(0, from -> from < keys.size(), from -> from + BATCH)
                .boxed()
                .flatMap(from -> batch(keys.subList(from, Math.min(keys.size(), from + BATCH))));
    }

    /** What the store hands back because it is too much at once is asked for again. */
    private Stream<Map<String, AttributeValue>> batch(List<Map<String, AttributeValue>> keys) {
        List<Map<String, AttributeValue>> found = new ArrayList<>();
        List<Map<String, AttributeValue>> left = keys;
        for (int attempt = 0; !left.isEmpty(); attempt++) {
            if (attempt == MOST_BATCHES) {
                throw new StoreUnavailable(table + ": " + left.size() + " items were not given", null);
            }
            List<Map<String, AttributeValue>> asked = left;
            BatchGetItemResponse answer = read(dynamo -> dynamo.batchGetItem(get -> get.requestItems(
                    Map.of(name(), KeysAndAttributes.builder().keys(asked).build()))));
            found.addAll(answer.responses().getOrDefault(name(), List.of()));
            KeysAndAttributes again = answer.unprocessedKeys().get(name());
            left = again == null ? List.of() : again.keys();
        }
        return found.stream();
    }

    void delete(Map<String, AttributeValue> key) {
        write(dynamo -> dynamo.deleteItem(delete -> delete.tableName(name()).key(key)));
    }

    /** All items that a query finds; a page is read when the stream gets there. */
    Stream<Map<String, AttributeValue>> query(QueryRequest request) {
        return pages(start -> {
            QueryRequest page = start.map(
                            key -> request.toBuilder().exclusiveStartKey(key).build())
                    .orElse(request);
            QueryResponse answer = read(dynamo -> dynamo.query(page));
            return new Page(answer.items(), Optional.of(answer.lastEvaluatedKey()));
        });
    }

    /** All items that a scan finds; a page is read when the stream gets there. */
    Stream<Map<String, AttributeValue>> scan(ScanRequest request) {
        return pages(start -> {
            ScanRequest page = start.map(
                            key -> request.toBuilder().exclusiveStartKey(key).build())
                    .orElse(request);
            ScanResponse answer = read(dynamo -> dynamo.scan(page));
            return new Page(answer.items(), Optional.of(answer.lastEvaluatedKey()));
        });
    }

    private static Stream<Map<String, AttributeValue>> pages(
            Function<Optional<Map<String, AttributeValue>>, Page> ask) {
        Optional<Page> first = Optional.of(ask.apply(Optional.empty()));
        return Stream.iterate(
                        first,
                        Optional::isPresent,
                        page -> page.flatMap(Page::next).map(Optional::of).map(ask))
                .flatMap(page -> page.orElseThrow().items().stream());
    }

    private <T> T answerOf(Function<DynamoDbClient, T> call) {
        try {
            return call.apply(client);
        } catch (ConditionalCheckFailedException notMet) {
            throw notMet;
        } catch (SdkException unanswered) {
            throw new StoreUnavailable(table + ": " + why(unanswered), unanswered);
        }
    }

    private static String why(SdkException unanswered) {
        if (unanswered instanceof AwsServiceException refusal && refusal.awsErrorDetails() != null) {
            return refusal.awsErrorDetails().errorCode();
        }
        return unanswered.getClass().getSimpleName();
    }

    private record Page(List<Map<String, AttributeValue>> items, Optional<Map<String, AttributeValue>> last) {
        Optional<Map<String, AttributeValue>> next() {
            return last.filter(key -> !key.isEmpty());
        }
    }
}
