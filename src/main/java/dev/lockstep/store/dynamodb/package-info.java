/**
 * The store in DynamoDB: one class for each port, the tables, and the stored form of an agent.
 *
 * <p>Begin at {@link DynamoStore}. The only room that knows DynamoDB. The stored form has a number: another version may
 * be reading it ({@code docs/decisions/0011-state-as-one-text.md}).
 */
package dev.lockstep.store.dynamodb;
