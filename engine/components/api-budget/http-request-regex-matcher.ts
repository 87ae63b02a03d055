import * as z from 'zod';
import { pythonText } from '../../http/request/request-text.ts';
import { component } from '../../language/component.ts';
import { regex } from '../../language/field-types/regex.ts';
import { wholeNumber } from '../../language/field-types/whole-number.ts';

/** Recognises requests by method, origin, path, parameters and headers; what is left out does not matter. */
export const HttpRequestRegexMatcher = component({
  family: 'RequestMatcher',
  type: 'HttpRequestRegexMatcher',
  doc: 'Says which requests a policy is about.',
  fields: () => ({
    method: z.string().optional().describe('Method of the request.'),
    url_base: z.string().optional().describe('Scheme and host of the URL.'),
    url_path_pattern: regex().optional().describe('Regular expression that is searched in the path.'),
    params: z.record(z.string(), z.unknown()).optional().describe('Parameters that the request must have.'),
    headers: z.record(z.string(), z.unknown()).optional().describe('Headers that the request must have.'),
    weight: wholeNumber({ min: 1, truncates: true })
      .optional()
      .describe('How many calls such a request counts for; 1 by default.'),
  }),
  make({ method, url_base, url_path_pattern, params = {}, headers = {}, weight }, scope) {
    const calls = weight?.(scope)() ?? 1;
    const base = url_base === undefined || url_base === '' ? undefined : originOf(url_base);
    const wantedParams = Object.entries(params).map(([name, value]) => [name, pythonText(value)] as const);
    const wantedHeaders = Object.entries(headers).map(
      ([name, value]) => [name.toLowerCase(), pythonText(value)] as const,
    );
    return {
      weight: () => calls,
      matches(request) {
        const { url } = request;
        if (method && request.method !== method.toUpperCase()) return false;
        if (base !== undefined && url.origin !== base) return false;
        if (url_path_pattern !== undefined && !url_path_pattern.test(url.pathname.replace(/\/+$/, '')))
          return false;
        if (wantedParams.some(([name, value]) => url.searchParams.getAll(name).at(-1) !== value))
          return false;
        if (wantedHeaders.length === 0) return true;
        const given = new Map(
          Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
        );
        return wantedHeaders.every(([name, value]) => given.get(name) === value);
      },
    };
  },
});

/** A base with a path matches nothing, because it is never the origin of a URL. */
function originOf(text: string): string {
  const bare = text.replace(/\/+$/, '');
  if (!URL.canParse(bare)) return bare;
  const { origin, pathname } = new URL(bare);
  return pathname === '/' ? origin : bare;
}
