import { urlJoin } from '../../util/url/url-reference.ts';

/**
 * The URL of an endpoint, by the rule of the Python CDK: a slash between base and path, then RFC 3986 resolution. A
 * path that is itself a URL replaces the base.
 */
export function joinUrl(base: string, path: string): string {
  if (path === '') return base;
  return urlJoin(base.endsWith('/') ? base : `${base}/`, path);
}
