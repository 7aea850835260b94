/** Lengths of time in milliseconds, as clocks count them. */

export const DAY = 86_400_000;
