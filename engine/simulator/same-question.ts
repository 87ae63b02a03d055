import type { OutgoingRequest } from '../contract/families.ts';
import { tryTo } from '../util/flow/try-to.ts';
import { isObject, type JsonObject } from '../util/json/json.ts';
import { percentDecoded } from '../util/url/percent-decoded.ts';

/**
 * Whether one request asks what another one asks. The host is not looked at, nor are headers; where the first has a value
 * of its config, which may be another user's, the second may have any.
 */
export function asksTheSame(model: OutgoingRequest, request: OutgoingRequest, config: JsonObject): boolean {
  const own = textsIn(config);
  if (model.method !== request.method) return false;
  const [paths, others] = [segmentsOf(model.url), segmentsOf(request.url)];
  if (paths.length !== others.length) return false;
  if (!paths.every((segment, index) => isAlike(segment, others[index], own))) return false;
  return (
    isAlikeMapping(paramsOf(model.url), paramsOf(request.url), own) &&
    isAlikeMapping(bodyOf(model), bodyOf(request), own)
  );
}

/** Whether two requests go to the same place, but for what a window may have written in its path. */
export function isOfShape(model: OutgoingRequest, request: OutgoingRequest, config: JsonObject): boolean {
  const own = textsIn(config);
  const [paths, others] = [segmentsOf(model.url), segmentsOf(request.url)];
  return (
    model.method === request.method &&
    paths.length === others.length &&
    paths.every(
      (segment, index) => isAlike(segment, others[index], own) || areCounted(segment, others[index]),
    )
  );
}

/** Moments and counts have digits, however they are written. */
function areCounted(...segments: readonly (string | undefined)[]): boolean {
  return segments.every((segment) => segment !== undefined && /\d/.test(segment));
}

/** All texts of a request in which a value may stand, in an order that is not that of their names in it. */
export function wordsOf(request: OutgoingRequest): readonly string[] {
  const named = [paramsOf(request.url), bodyOf(request)].flatMap((values) =>
    Object.entries(values)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => value),
  );
  return [...segmentsOf(request.url), ...named].flatMap((text) => [
    text,
    ...text.split(/["'<>=\s(),{}[\]]+/),
  ]);
}

function segmentsOf({ pathname }: URL): readonly string[] {
  return percentDecoded(pathname)
    .split('/')
    .filter((segment) => segment !== '');
}

function paramsOf({ searchParams }: URL): Readonly<Record<string, string>> {
  return Object.fromEntries(searchParams);
}

/** The leaves of a body, by their paths. */
function bodyOf({ body }: OutgoingRequest): Readonly<Record<string, string>> {
  if (typeof body !== 'string' || body === '') return {};
  const document = /^\s*[[{]/.test(body) ? tryTo((): unknown => JSON.parse(body)) : undefined;
  if (document === undefined) return Object.fromEntries(new URLSearchParams(body));
  const leaves: Record<string, string> = {};
  const collect = (value: unknown, path: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => void collect(item, `${path}/${index}`));
    else if (isObject(value))
      for (const [name, each] of Object.entries(value)) collect(each, `${path}/${name}`);
    else leaves[path] = String(value);
  };
  collect(document, '');
  return leaves;
}

function isAlikeMapping(
  model: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
  own: readonly string[],
): boolean {
  const names = Object.keys(model);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => isAlike(model[name] as string, other[name], own))
  );
}

function isAlike(model: string, other: string | undefined, own: readonly string[]): boolean {
  if (other === undefined) return false;
  return model === other || own.some((text) => model.includes(text));
}

/** Texts of a config that are long enough to be told from others. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length >= 4 && !/^\d{4}-\d\d/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}
