import { toCatalogStream } from '../../protocol/to-catalog.ts';
import { written } from '../../validate/visit.ts';
import { defineCheck } from '../check.ts';
import { looked, notRun, violation } from '../events.ts';

export const syncModes = defineCheck({
  id: 'sync-modes',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: 'each stream has a sync mode, and is incremental exactly when it has a cursor with a field',
  async *run(subject) {
    for (const { name, at, definition, broken } of await subject.streams()) {
      if (definition === undefined) {
        yield notRun(broken ?? '', name);
        continue;
      }
      yield looked(name);
      const cursor = written(at, 'incremental_sync');
      const listed = await toCatalogStream({ ...definition, schema: async () => ({}) });
      const isIncremental = listed.supported_sync_modes.includes('incremental');
      if (cursor !== undefined && !isIncremental)
        yield violation(cursor, `Stream "${name}" has a cursor and is not offered as incremental.`, {
          stream: name,
        });
      if (isIncremental && definition.cursorField === '' && !definition.allowsCatalogCursorField)
        yield violation(
          cursor ?? at.node,
          `Stream "${name}" is incremental by a cursor field without a name.`,
          {
            stream: name,
          },
        );
    }
  },
});
