import type { ResponseHeaders } from '../../contract/http-response.ts';

/** How much of the API's current window of requests is used, as it said last. */
export interface RateWindow {
  readonly used: number;
  readonly limit: number;
}

const prefixes = ['x-ratelimit-', 'x-rate-limit-', 'ratelimit-', 'x-app-rate-limit-'];

/** Undefined where a response tells nothing of it. */
export function rateWindowOf(headers: ResponseHeaders): RateWindow | undefined {
  for (const prefix of prefixes) {
    const limit = firstNumber(headers.get(`${prefix}limit`));
    const remaining = firstNumber(headers.get(`${prefix}remaining`));
    if (limit !== undefined && remaining !== undefined && limit > 0)
      return { used: Math.max(0, limit - remaining), limit };
  }
  return undefined;
}

/** Some say more after it, such as `100, 100;w=60`. */
function firstNumber(text: string | undefined): number | undefined {
  const digits = /^\s*(\d+)/.exec(text ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}
