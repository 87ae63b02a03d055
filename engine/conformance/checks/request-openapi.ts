import { fromOpenApi } from '../../init/from-openapi.ts';
import { toValue } from '../../manifest/node.ts';
import { isObject } from '../../util/json/json.ts';
import { ancestorOf, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';

export const requestOpenapi = defineCheck({
  id: 'request-openapi',
  group: 'requests',
  level: 'static',
  severity: 'error',
  doc: 'with `--openapi`, each request is an operation of the description, and its parameters are among those of the operation',
  *run({ openapi, source }) {
    const document = openapi && toValue(openapi);
    if (!isObject(document)) return;
    const { operations, baseUrl } = fromOpenApi(document);
    const prefix = URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/$/, '') : '';
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
      const matching = operations.filter(
        (operation) => isSame(path, `${prefix}${operation.path}`) || isSame(path, operation.path),
      );
      const operation = matching.find((each) => each.method === method);
      if (operation === undefined) {
        const others = matching.map((each) => each.method).join(', ');
        const hint = others === '' ? '' : ` It is asked by ${others}.`;
        yield violation(node, `The description has no operation ${method} ${String(node.value)}.${hint}`, {
          stream,
        });
        continue;
      }
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

/** A path with `{}` for each template in it. */
function pathOf(path: string, base: string): string {
  const whole = /^https?:/.test(path) ? path : `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const plain = whole
    .replace(/\{\{.*?\}\}/gs, '{}')
    .replace(/^https?:\/\/[^/]+/, '')
    .replace(/\?.*$/s, '');
  return plain.replace(/^\{\}(?=\/)/, '');
}

function isSame(path: string, described: string): boolean {
  const steps = (text: string) =>
    text
      .replace(/\/+$/, '')
      .split('/')
      .filter((step) => step !== '');
  const [mine, theirs] = [steps(path), steps(described)];
  return (
    mine.length === theirs.length &&
    mine.every(
      (step, index) => step.includes('{}') || /\{.*\}/.test(theirs[index] ?? '') || step === theirs[index],
    )
  );
}
