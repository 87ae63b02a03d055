export type { Source } from '../error/place.ts';
