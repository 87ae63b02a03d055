import { fieldOf, type ManifestNode, type MappingNode } from '../../manifest/node.ts';
import { textsBelow } from '../../manifest/walk.ts';
import { memberPaths } from '../../template/member-paths.ts';
import { type ComponentAt, visit, written } from '../../validate/visit.ts';
import { type CheckEvent, defineCheck } from '../check.ts';
import { credentialUses } from '../credentials.ts';
import { looked, violation } from '../events.ts';
import { schemasIn, typesOf } from '../schema-walk.ts';
import { propertiesAt } from '../spec-paths.ts';
import { wordsOf } from '../words.ts';

/** What Airbyte's acceptance tests take for names of secrets. */
const certain = [
  ...['client_token', 'access_token', 'api_token', 'token', 'secret', 'client_secret', 'password', 'key'],
  ...['service_account_info', 'service_account', 'certificate', 'jwt', 'credentials', 'refresh_token'],
];
/** Those among them that often are no secret. */
const likely = ['tenant_id', 'app_id', 'appid'];
/** What others call theirs. */
const named =
  /(?:^|[_-])(?:(?:api|access|application|app|account|subscription|license)[_-]?key|api[_-]?secret|secret(?:[_-]?key)?|private[_-]?key|(?:(?:access|auth|bearer|refresh|session)[_-]?|[a-z]+[_-])token|passphrase)$|password$/;

export const specSecrets = defineCheck({
  id: 'spec-secrets',
  group: 'spec',
  level: 'static',
  severity: 'error',
  doc: 'each property that has a customary name or title of secrets, that reaches an authenticator, a header for credentials or the password of a login, or that is a secret in another branch, is marked `airbyte_secret`',
  *run({ spec, source }) {
    if (spec === undefined) return;
    yield looked();
    const told = new Set<MappingNode>();
    yield* sent(source, spec.node, told);
    yield* denied(source, spec.node, told);
    yield* halfOfLogin(source, spec.node, told);
    yield* called(spec.node, told);
  },
});

/** A manifest puts it where credentials belong. */
function* sent(source: ComponentAt, spec: MappingNode, told: Set<MappingNode>): Generator<CheckEvent> {
  for (const { paths, node: use, place, isLikely } of credentialUses(source)) {
    const used = paths.map((path) => propertiesAt(spec, path)).filter((found) => found.length > 0);
    if (used.length === 0 || used.some((found) => found.some(isSecret))) continue;
    for (const property of used.at(-1) ?? []) {
      const name = paths.at(-1)?.join('.') ?? '';
      if (told.has(property) || !canBeSecret(property, name)) continue;
      told.add(property);
      yield violation(
        markIn(property),
        `"${name}" is sent in ${place}, so it is a secret: add "airbyte_secret: true", or it is shown in forms and logs.`,
        { also: [use.place], ...(isLikely === true && { severity: 'warning' }) },
      );
    }
  }
}

/** It is called as secrets are, or is one in another branch of the spec. */
function* called(spec: MappingNode, told: ReadonlySet<MappingNode>): Generator<CheckEvent> {
  const all = [...schemasIn(spec)];
  const marks = new Map(
    all.flatMap(({ node, path }) => (isSecret(node) ? [[path.join('.'), node] as const] : [])),
  );
  for (const { node, path, isAlternative } of all) {
    const name = path.findLast((step) => step !== '[]')?.toLowerCase() ?? '';
    if (told.has(node) || isSecret(node) || !canBeSecret(node, name)) continue;
    const isNamed = certain.includes(name) || likely.includes(name) || named.test(name);
    const other = isAlternative ? undefined : marks.get(path.join('.'));
    const title = titleOfSecret(node);
    if (!isNamed && other === undefined && title === undefined) continue;
    const problem = isNamed
      ? 'has the name of a secret and is not marked "airbyte_secret".'
      : other === undefined
        ? `is shown as "${title}", which is a secret, and is not marked "airbyte_secret".`
        : 'is not marked "airbyte_secret", and in another branch of the spec it is.';
    yield violation(markIn(node), `"${path.join('.')}" ${problem}`, {
      severity: certain.includes(name) ? 'error' : 'warning',
      also: isNamed || other === undefined ? [] : [other.place],
    });
  }
}

/** What people call a secret where they are asked for it; a public key is none. */
const titled =
  /\b(?:password|passphrase|passcode|(?:api|private|secret|access|auth|license) ?-?key|(?:client|api|app|consumer) secret|(?:api|access|auth|authentication|bearer|refresh|session|personal) token)$/i;

/** The title of a property, without what stands in brackets behind it, where it names a secret. */
function titleOfSecret(node: MappingNode): string | undefined {
  const title = fieldOf(node, 'title');
  if (title?.kind !== 'scalar') return undefined;
  const text = String(title.value)
    .replace(/\s*\([^()]*\)\s*$/, '')
    .trim();
  return titled.test(text) && !/\b(?:public|of|for)\b/i.test(text) ? text : undefined;
}

/** Not marked is forgotten; marked as no secret is meant, and goes with nothing that is sent to log in. */
function* denied(source: ComponentAt, spec: MappingNode, told: Set<MappingNode>): Generator<CheckEvent> {
  for (const at of visit(source)) {
    if (at.family !== 'Authenticator' || at.isHook) continue;
    for (const use of textsBelow(at.node)) {
      // The name of somebody's server is no secret to those who see the config.
      if (String(use.value).includes('://')) continue;
      const paths = memberPaths(String(use.value), 'config').map(({ path }) => path);
      for (const [property, name] of propertiesOf(spec, paths)) {
        const mark = fieldOf(property, 'airbyte_secret');
        if (mark?.kind !== 'scalar' || mark.value !== false || told.has(property)) continue;
        if (!canBeSecret(property, name)) continue;
        told.add(property);
        yield violation(
          mark,
          'This is marked as no secret, and an authenticator sends it: whoever sees the config sees half of a login.',
          { severity: 'warning', also: [use.place] },
        );
      }
    }
  }
}

/** What is sent together with a client secret is one half of a login: Airbyte's own connectors hide both. */
function* halfOfLogin(source: ComponentAt, spec: MappingNode, told: Set<MappingNode>): Generator<CheckEvent> {
  for (const at of visit(source)) {
    if (at.family !== 'Authenticator' || at.isHook) continue;
    const use = written(at, 'client_id');
    if (use?.kind !== 'scalar') continue;
    const paths = memberPaths(String(use.value), 'config').map(({ path }) => path);
    const found = propertiesOf(spec, paths);
    if (found.some(([property]) => isSecret(property))) continue;
    for (const [property, name] of found) {
      if (told.has(property) || !canBeSecret(property, name)) continue;
      told.add(property);
      yield violation(
        markIn(property),
        `"${name}" is sent to log in, beside a secret, and it is not marked "airbyte_secret": forms and logs show it. By itself it may be public, and connectors of Airbyte hide it.`,
        { severity: 'warning', also: [use.place] },
      );
    }
  }
}

/** Each property that paths of the config lead to, with the path. */
function propertiesOf(
  spec: MappingNode,
  paths: readonly (readonly string[])[],
): readonly (readonly [property: MappingNode, name: string])[] {
  return paths.flatMap((path) =>
    propertiesAt(spec, path).map((property) => [property, path.join('.')] as const),
  );
}

/** What says that it is no secret, where something does. */
function markIn(node: MappingNode): ManifestNode {
  return fieldOf(node, 'airbyte_secret') ?? node;
}

function isSecret(node: MappingNode): boolean {
  const mark = fieldOf(node, 'airbyte_secret');
  return mark?.kind === 'scalar' && mark.value === true;
}

/** Of a choice or a constant everybody knows the values; forms hide texts and numbers. */
function canBeSecret(node: MappingNode, name = ''): boolean {
  if (isAddress(node, name)) return false;
  if (fieldOf(node, 'const') !== undefined || fieldOf(node, 'enum') !== undefined) return false;
  const types = typesOf(node);
  return types.length === 0
    ? ['oneOf', 'anyOf', 'properties'].every((field) => fieldOf(node, field) === undefined)
    : types.some((type) => /string|number|integer/.test(type));
}

/** Where an API is, and whom to write to, people have to read and to correct. */
function isAddress(node: MappingNode, name: string): boolean {
  const [format, pattern] = ['format', 'pattern'].map((field) => fieldOf(node, field));
  if (format?.kind === 'scalar' && /^(?:uri|url|hostname|(?:idn-)?email|ipv[46])/.test(String(format.value)))
    return true;
  if (pattern?.kind === 'scalar' && /^\^?\(?https?\b/.test(String(pattern.value))) return true;
  return /^(?:urls?|uri|hosts?|hostname|domain|subdomain|endpoint|e?mail)$/.test(wordsOf(name).at(-1) ?? '');
}
