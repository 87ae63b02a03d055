/** Values a manifest may hold once aliases and references are written out: large catalogue manifests stay far below. */
export const expansionLimit = 1_000_000;
