import type { Diagnostic } from '../../error/diagnostic.ts';
import { errorAt } from '../../manifest/node-diagnostic.ts';
import { quotedList } from '../../util/text/quoted-list.ts';
import { type ComponentAt, childIn, visit, written } from '../visit.ts';

/** What a check puts over the config must not reach the config that the platform keeps. */
export function* checkOverrides(source: ComponentAt): Iterable<Diagnostic> {
  if (source.family !== 'Source') return;
  const overrides = written(childIn(source, 'check'), 'config_overrides');
  if (overrides?.kind !== 'mapping' || overrides.entries.size === 0) return;
  const reserved = [...overrides.entries.keys()].filter((name) => name.startsWith('__airbyte'));
  if (reserved.length > 0) {
    yield errorAt(
      overrides,
      `"config_overrides" of the check sets ${quotedList(reserved)}; names with "__airbyte" belong to the platform.`,
    );
  }
  for (const at of visit(source)) {
    const updater = written(at, 'refresh_token_updater');
    const writes = at.traits.writesConfig === true || (at.family === 'Authenticator' && at.isHook);
    if (updater === undefined || !writes) continue;
    yield errorAt(
      updater,
      'A manifest with a "refresh_token_updater" cannot have "config_overrides" in its check: a refreshed token is stored with the whole config, and the values meant for the check would be stored with it.',
    );
    return;
  }
}
