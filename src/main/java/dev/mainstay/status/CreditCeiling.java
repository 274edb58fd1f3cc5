package dev.mainstay.status;

import java.util.OptionalDouble;

/** How many credits an instance type can hold, which is what a full bar on the page means. */
@FunctionalInterface
public interface CreditCeiling {
    CreditCeiling UNKNOWN = _ -> OptionalDouble.empty();

    /** @param type such as {@code t2.micro}; empty where it is not burstable, or not known */
    OptionalDouble of(String type);
}
