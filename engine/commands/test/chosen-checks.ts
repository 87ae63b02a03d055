import type { Check } from '../../conformance/check.ts';
import { specifiedChecks } from '../../conformance/specified-checks.ts';
import { ConnectorError } from '../../error/connector-error.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import type { TestCommandOptions } from './test-run.ts';

/** The checks of `--checks`; all without it. Throws ConnectorError (config_error) for a name that no check has. */
export function chosenChecks(ids: TestCommandOptions['checks']): readonly Check[] {
  if (ids === undefined) return specifiedChecks;
  if (ids === false) return [];
  if (ids.length === 0)
    throw new ConnectorError('"--checks" names no check. Leave it out to run all of them.', {
      kind: 'config_error',
    });
  const known = specifiedChecks.map(({ id }) => id);
  for (const id of ids) {
    if (known.includes(id)) continue;
    throw new ConnectorError(
      `There is no check "${id}".${didYouMean(id, known)} "manifold test --list" lists them.`,
      {
        kind: 'config_error',
      },
    );
  }
  return specifiedChecks.filter(({ id }) => ids.includes(id));
}
