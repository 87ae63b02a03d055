import type { Operation } from '../../init/api.ts';
import { toValue } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';
import { literal } from '../../util/text/glob.ts';
import { ancestorOf, type ComponentAt, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { describedOperations } from '../described-operations.ts';
import { looked, notRun, violation } from '../events.ts';

export const requestOpenapi = defineCheck({
  id: 'request-openapi',
  group: 'requests',
  level: 'static',
  severity: 'error',
  doc: 'with `--openapi`, each request is an operation of the description, has the parameters that this requires, and no others than it knows',
  *run({ openapi, source }) {
    const document = openapi && toValue(openapi);
    if (!isObject(document)) return;
    const described = describedOperations(document);
    const seen = new Set<string>();
    for (const at of visit(source)) {
      const node = written(at, 'path') ?? written(at, 'url');
      if (at.family !== 'Requester' || node?.kind !== 'scalar') continue;
      const stream = textIn(ancestorOf(at, 'Stream'), 'name');
      const key = `${node.place.start} ${stream}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const path = pathOf(String(node.value), textIn(at, 'url_base') ?? '');
      if (/^\/?\{\}$/.test(path)) {
        yield notRun('its path is known only in a sync', stream);
        continue;
      }
      yield looked(stream);
      const method = (textIn(at, 'http_method') ?? 'GET').toUpperCase();
      const matching = described.at(path);
      const operation = matching.find((each) => each.method === method);
      if (operation === undefined) {
        const others = matching
          .filter((each) => each.path === matching[0]?.path)
          .map((each) => each.method)
          .join(', ');
        const hint = others === '' ? '' : ` It is asked by ${others}.`;
        yield violation(node, `The description has no operation ${method} ${String(node.value)}.${hint}`, {
          stream,
        });
        continue;
      }
      for (const name of unsent(at, operation, String(node.value)))
        yield violation(
          written(at, 'request_parameters') ?? node,
          `${method} ${operation.path} needs the parameter "${name}" by the description, and nothing sends it.`,
          { stream, severity: 'warning' },
        );
      const parameters = written(at, 'request_parameters');
      const known = new Set(
        operation.parameters.filter(({ in: place }) => place === 'query').map(({ name }) => name),
      );
      if (parameters?.kind !== 'mapping' || known.size === 0) continue;
      for (const [name, { key: named }] of parameters.entries)
        if (!name.includes('{') && !known.has(name))
          yield violation(
            named,
            `${method} ${operation.path} has no parameter "${name}" in the description.`,
            {
              stream,
              severity: 'warning',
            },
          );
    }
  },
});

/** The required parameters that no field of the request and no option of its stream has. */
function unsent(at: ComponentAt, { parameters }: Operation, path: string): readonly string[] {
  const required = parameters.filter(
    ({ in: place, isRequired, schema }) => place === 'query' && isRequired && schema['default'] === undefined,
  );
  const own = written(at, 'request_parameters');
  if (required.length === 0 || (own !== undefined && own.kind !== 'mapping')) return [];
  const around = [...visit(ancestorOf(at, 'Stream') ?? at)];
  // What a hook sends nobody knows.
  if (around.some(({ isHook }) => isHook)) return [];
  const options = around.flatMap((each) => textIn(each, 'field_name') ?? []);
  const sent = [...(own?.entries.keys() ?? []), ...options];
  if (sent.some((name) => name.includes('{'))) return [];
  const asked = new Set(sent);
  return required.flatMap(({ name }) =>
    asked.has(name) || new RegExp(`[?&]${literal(name)}=`).test(path) ? [] : [name],
  );
}

/** A path with `{}` for each template in it. */
function pathOf(path: string, base: string): string {
  const whole = /^https?:/.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const plain = whole
    .replace(/\{\{.*?\}\}/gs, '{}')
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/\?.*$/s, '');
  return plain.replace(/^\{\}(?=\/)/, '');
}
