import { stringify } from 'lossless-json';

/** JSON without white space, integers of any size included: what JSON.stringify refuses a slower writer is asked for. */
export function toJsonText(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return stringify(value) ?? 'null';
  }
}
