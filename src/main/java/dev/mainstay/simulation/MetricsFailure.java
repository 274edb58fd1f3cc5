package dev.mainstay.simulation;

/** How CloudWatch spoils what it tells. */
public enum MetricsFailure {
    /** There is no datapoint at all. */
    MISSING,
    /** Every other datapoint is missing. */
    GAPS,
    /** Every value is no number. */
    NOT_A_NUMBER,
    /** Nothing new is shown: the datapoints that were there when it began are the last. */
    STALE
}
