import type { Place } from '../../error/place.ts';
import { didYouMean } from '../../util/text/did-you-mean.ts';
import { defineCheck } from '../check.ts';
import { looked, violation } from '../events.ts';

export const knownCatalogs = defineCheck({
  id: 'known-catalogs',
  group: 'catalog',
  level: 'static',
  severity: 'error',
  doc: "each stream that a configured catalog or `empty_streams` of the folder's tests names is one of the manifest",
  async *run(subject) {
    const { catalogs = [], emptyStreams = new Map<string, Place>() } = subject.acceptance ?? {};
    // Of a manifest with dynamic streams nobody knows the names yet.
    if (subject.source.children.some(({ family }) => family === 'DynamicStream')) return;
    const names = (await subject.streams()).map(({ name }) => name);
    for (const { streams } of catalogs)
      for (const { name, place } of streams) {
        yield looked(name);
        if (!names.includes(name))
          yield violation(
            { place },
            `The catalog names the stream "${name}", and there is none.${didYouMean(name, names)}`,
          );
      }
    for (const [name, place] of emptyStreams) {
      yield looked(name);
      if (!names.includes(name))
        yield violation(
          { place },
          `"empty_streams" names "${name}", and there is no such stream.${didYouMean(name, names)}`,
          {
            severity: 'warning',
          },
        );
    }
  },
});
