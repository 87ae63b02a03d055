import type { ManifestNode } from '../manifest/node.ts';
import { textsBelow } from '../manifest/walk.ts';
import { type ComponentAt, childIn, visit, written } from './visit.ts';

/** What a component, with all below it, says that matters to components elsewhere. */
export interface Contribution {
  /** Fields that it puts into the config. */
  readonly configFields: readonly string[];
  /** A hook changes the config: nobody knows which fields it has then. */
  readonly hidesConfig: boolean;
  /** Fields of parents' records that templates are given under their own names. */
  readonly extraFields: readonly string[];
  /** Names of `$parameters` that reach some component. */
  readonly parameters: readonly string[];
}

/** What is said of all of a manifest. */
export interface Whole {
  readonly spec: ComponentAt | undefined;
  readonly configFields: ReadonlySet<string>;
  readonly hidesConfig: boolean;
  readonly extraFields: ReadonlySet<string>;
  readonly parameters: ReadonlySet<string>;
}

export function contributionOf(at: ComponentAt): Contribution {
  return joined(visit(at).map(ownContribution));
}

export function ownContribution(at: ComponentAt): Contribution {
  const isChange = at.family === 'ConfigTransformation' || at.family === 'ConfigMigration';
  const updated = ['access_token', 'refresh_token', 'token_expiry_date'].flatMap((field) =>
    firstOf(written(at, 'refresh_token_updater', `${field}_config_path`)),
  );
  // The paths that a change writes: of added fields, and the new names in a map.
  const changed = isChange ? [...textsBelow(at.node)].map(({ value }) => value) : [];
  return {
    configFields: updated.length + changed.length === 0 ? none : [...updated, ...changed],
    hidesConfig: at.isHook && at.family === 'ConfigTransformation',
    extraFields: extraFieldsOf(at),
    parameters: namesIn(at.node.entries.get('$parameters')?.value),
  };
}

const none: readonly string[] = [];

function joined(parts: readonly Contribution[]): Contribution {
  return {
    configFields: parts.flatMap(({ configFields }) => configFields),
    hidesConfig: parts.some(({ hidesConfig }) => hidesConfig),
    extraFields: parts.flatMap(({ extraFields }) => extraFields),
    parameters: [...new Set(parts.flatMap(({ parameters }) => parameters))],
  };
}

export function wholeOf(source: ComponentAt, parts: readonly Contribution[]): Whole {
  const { configFields, hidesConfig, extraFields, parameters } = joined(parts);
  return {
    spec: childIn(source, 'spec'),
    configFields: new Set(configFields),
    hidesConfig,
    extraFields: new Set(extraFields),
    parameters: new Set(parameters),
  };
}

function namesIn(mapping: ManifestNode | undefined): readonly string[] {
  return mapping?.kind === 'mapping' ? [...mapping.entries.keys()] : none;
}

/** The first name of a path. */
export function firstOf(path: ManifestNode | undefined): readonly string[] {
  const first = path?.kind === 'sequence' ? path.items[0] : undefined;
  return first?.kind === 'scalar' ? [String(first.value)] : none;
}

/** A partition router hands fields of the parent's records to templates under their own names. */
function extraFieldsOf({ fields }: ComponentAt): readonly string[] {
  if (!Array.isArray(fields.extra_fields)) return none;
  return fields.extra_fields.flatMap((path) => {
    const last: unknown = Array.isArray(path) ? path.at(-1) : undefined;
    return typeof last === 'function' && 'text' in last ? [String(last.text)] : [];
  });
}
