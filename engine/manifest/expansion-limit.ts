/**
 * How many values a manifest may have once aliases and references are written out. The largest in the catalogue stay
 * far below.
 */
export const expansionLimit = 1_000_000;
