import type { Diagnostic } from '../../error/diagnostic.ts';
import { parametersOf } from '../../language/compile.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { createTemplates, inspectTemplate } from '../../template/template.ts';
import { systemClock } from '../../time/clock.ts';
import type { JsonObject } from '../../util/json/json.ts';
import { schemaPaths } from '../../util/path/schema-paths.ts';
import type { RuleContext } from '../rule.ts';
import { ancestorOf, type ComponentAt, isFilledIn, textIn, written } from '../visit.ts';

/** A schema file that the manifest names is there. */
export function* schemaFiles(at: ComponentAt, { hasFile }: RuleContext): Iterable<Diagnostic> {
  const { schemaFile } = at.traits;
  if (schemaFile === undefined || hasFile === undefined || isFilledIn(at)) return;
  const parameters = parametersOf(at.node);
  const path = pathOf(schemaFile.path ?? '', parameters);
  const name = String(parameters.name ?? textIn(ancestorOf(at, 'Stream'), 'name') ?? '');
  if (path === undefined) return;
  const candidates = schemaPaths(path, name);
  if (candidates.some(hasFile)) return;
  yield errorAt(written(at, 'file_path') ?? at.node, `There is no schema file "${candidates[0]}".`);
}

/** Undefined when only a config tells. */
function pathOf(text: string, parameters: JsonObject): string | undefined {
  const { isPlain, error, names } = inspectTemplate(text);
  if (isPlain) return text;
  if (error !== undefined || names.some(({ name }) => name !== 'parameters')) return undefined;
  return String(createTemplates({ clock: systemClock }).string(text)({ parameters }));
}
