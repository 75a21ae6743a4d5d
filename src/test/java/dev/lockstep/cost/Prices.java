package dev.lockstep.cost;

/**
 * AWS' on-demand list prices in us-east-1 in US dollars, without free tiers, the first tier of each. Looked up in November
 * 2026: aws.amazon.com/lambda/pricing, /api-gateway/pricing (HTTP APIs), /dynamodb/pricing/on-demand (since November 2024
 * half of what they were), /sqs/pricing, /cloudwatch/pricing, /xray/pricing, /secrets-manager/pricing, /kms/pricing,
 * /eventbridge/pricing (Scheduler) and /ec2/pricing/on-demand (data transfer out). Other regions are dearer, Frankfurt by
 * about a fifth.
 */
final class Prices {
    static final double MILLION = 1e6;
    static final double GIGABYTE = 1e9;

    static final double GATEWAY_REQUEST = 1.00 / MILLION;
    static final double LAMBDA_REQUEST = 0.20 / MILLION;
    /** A second of a gigabyte, on arm64. */
    static final double LAMBDA_GB_SECOND = 0.0000133334;

    static final double WRITE_UNIT = 0.625 / MILLION;
    static final double READ_UNIT = 0.125 / MILLION;
    /** A month, with what its recovery to any point in time costs. */
    static final double STORED_BYTE = (0.25 + 0.20) / GIGABYTE;

    static final double QUEUE_REQUEST = 0.40 / MILLION;
    static final double LOG_BYTE = 0.50 / GIGABYTE;
    /** A month, as it is kept. */
    static final double LOG_BYTE_KEPT = 0.03 / GIGABYTE;

    /** A month. */
    static final double METRIC = 0.30;
    /** A month, for each metric that it looks at. */
    static final double ALARM_METRIC = 0.10;

    static final double TRACE = 5.00 / MILLION;
    /** A month. */
    static final double SECRET = 0.40;

    static final double SECRET_READ = 0.05 / 10_000;
    /** A month. */
    static final double KEY = 1.00;

    static final double KEY_REQUEST = 0.03 / 10_000;
    static final double SCHEDULED_RUN = 1.00 / MILLION;
    static final double BYTE_OUT = 0.09 / GIGABYTE;

    private Prices() {}
}
