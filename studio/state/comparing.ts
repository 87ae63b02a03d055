import { signal } from '@preact/signals';

/** Both texts of a conflict are shown beside each other. */
export const isComparing = signal(false);
