package dev.mainstay.backtest;

/**
 * What nobody can do better who knows no more than everything.
 *
 * @param availability the share of ticks with all nodes in service
 * @param cost relative to all on-demand
 */
public record Bound(String name, double availability, double cost) {}
