import { isPrivate } from '../acceptance/named-files.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

export const namedFiles = defineCheck({
  id: 'named-files',
  group: 'protocol',
  level: 'static',
  severity: 'warning',
  doc: "each file that the folder's acceptance tests name is there, but for those in `secrets/`, which only its owner has",
  *run({ acceptance }) {
    for (const { path, isThere, places } of acceptance?.namedFiles ?? []) {
      const [place, ...also] = places;
      if (place === undefined || isPrivate(path)) continue;
      yield looked();
      if (!isThere)
        yield violation({ place }, `"${path}" is not in the folder, so what it would say is not tested.`, {
          also,
        });
    }
  },
});
