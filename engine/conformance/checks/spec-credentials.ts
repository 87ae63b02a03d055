import { fieldOf } from '../../manifest/node.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { childIn, textIn, visit, written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';
import { once } from '../once.ts';
import { textsOf } from '../schema-walk.ts';
import { propertiesAt } from '../spec-paths.ts';

export const specCredentials = defineCheck({
  id: 'spec-credentials',
  group: 'spec',
  level: 'static',
  severity: 'warning',
  doc: 'what the only way to log in is made of is required, or has a default',
  *run({ spec, source }) {
    if (spec === undefined) return;
    const required = new Set(textsOf(fieldOf(spec.node, 'required')));
    const isNew = once();
    for (const at of visit(source)) {
      // What chooses among several ways needs none of them by itself.
      if (at.family !== 'Authenticator' || at.isHook || at.parent?.family !== 'Requester') continue;
      if (childIn(at.parent, 'authenticator') !== at || !isNew(at.node)) continue;
      for (const field of fields) {
        const node = written(at, field);
        const text = textIn(at, field) ?? '';
        // A template with a condition or a default of its own can do without.
        if (node === undefined || !/^\s*\{\{[^|?]*\}\}\s*$/.test(text) || /\b(?:if|or|get)\b/.test(text))
          continue;
        const [path, ...more] = memberPaths(text, 'config').map((each) => each.path);
        const [name, ...deeper] = path ?? [];
        if (name === undefined || more.length > 0 || deeper.length > 0 || required.has(name)) continue;
        const [property] = propertiesAt(spec.node, [name]);
        if (property === undefined || fieldOf(property, 'default') !== undefined) continue;
        yield looked();
        yield violation(
          fieldOf(spec.node, 'required') ?? property,
          `"${name}" is not required, and "${field}" of a ${at.component?.type} is made of it: a config without it is taken, and no request can log in.`,
          { also: [property.place, node.place] },
        );
      }
    }
    for (const at of visit(source)) {
      if (at.family !== 'Authenticator' || at.isHook || written(at, 'username') === undefined) continue;
      const names = ['username', 'password'].flatMap((field) =>
        memberPaths(textIn(at, field) ?? '', 'config').map(({ path }) => path),
      );
      const [[name = '', ...deeper] = []] = names;
      const isOne = new Set(names.map((path) => path.join('.'))).size === 1 && deeper.length === 0;
      const [property] = propertiesAt(spec.node, [name]);
      if (!isOne || required.has(name) || property === undefined || !isNew(property)) continue;
      if (fieldOf(property, 'default') !== undefined) continue;
      yield violation(
        fieldOf(spec.node, 'required') ?? property,
        `"${name}" is not required, and a ${at.component?.type} has nothing else to log in with: a config without it is taken, and no request can log in.`,
        { also: [property.place, at.node.place] },
      );
    }
    yield looked();
  },
});

/** An empty password and an empty user name are customary. */
const fields = ['api_token', 'client_id', 'client_secret', 'refresh_token', 'secret_key'];
