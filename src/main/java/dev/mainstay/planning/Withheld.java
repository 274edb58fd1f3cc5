package dev.mainstay.planning;

/** An action that was wanted, and the guard that withheld it. */
public record Withheld(Action action, GuardName guard, Reason reason) {}
