import { signal } from '@preact/signals';

export type Tab = 'records' | 'state' | 'schema' | 'tests' | 'checks';
export type Detail = 'records' | 'request' | 'response';

export const tab = signal<Tab>('records');
export const detail = signal<Detail>('records');
/** Which exchange the request and the response are of; undefined for the last one of the selected page. */
export const exchangeShown = signal<number | undefined>(undefined);
