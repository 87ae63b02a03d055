import type { Handler } from './kinds.ts';

/** Slices of a datetime cursor. Nobody makes them here yet, so these vectors are skipped. */
export const slices: Handler = () => 'skip';
