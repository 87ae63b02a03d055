import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';

interface Whole {
  readonly definitions: { readonly streams: Readonly<Record<string, unknown>> } & Readonly<
    Record<string, unknown>
  >;
  readonly spec: {
    readonly connection_specification: { readonly properties: Readonly<Record<string, unknown>> };
  };
  readonly [field: string]: unknown;
}

/**
 * The Intercom manifest with some of its streams, and of the definitions and the fields of the config those that they need:
 * what is read and validated hundreds of times should be no longer than what it stands for.
 */
export function shortIntercom(...names: readonly string[]): string {
  const {
    definitions,
    spec,
    dynamic_streams: _,
    metadata: __,
    ...root
  }: Whole = parse(readFileSync('manifests/intercom.yaml', 'utf8'));
  const { streams, ...shared } = definitions;
  const kept = only(streams, names);
  const needed = reached(shared, kept);
  const { connection_specification: form, ...rest } = spec;
  const asked = Object.keys(form.properties).filter((name) =>
    JSON.stringify([root, kept, needed]).includes(name),
  );
  return stringify(
    {
      ...root,
      definitions: { ...needed, streams: kept },
      streams: names.map((name) => ({ $ref: `#/definitions/streams/${name}` })),
      spec: { ...rest, connection_specification: { ...form, properties: only(form.properties, asked) } },
    },
    { aliasDuplicateObjects: false },
  );
}

/** The definitions that something refers to, and those that these refer to. */
function reached(
  definitions: Readonly<Record<string, unknown>>,
  from: unknown,
  known: ReadonlySet<string> = new Set(),
): Readonly<Record<string, unknown>> {
  const named = [...JSON.stringify(from).matchAll(/#\/definitions\/(\w+)/g)].map(([, name = '']) => name);
  const all = new Set([...known, ...named.filter((name) => Object.hasOwn(definitions, name))]);
  const found = only(definitions, [...all]);
  return all.size === known.size ? found : reached(definitions, found, all);
}

function only<T>(of: Readonly<Record<string, T>>, names: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(of).filter(([name]) => names.includes(name)));
}
