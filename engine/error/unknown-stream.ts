import { didYouMean } from '../util/text/did-you-mean.ts';
import { quotedList } from '../util/text/quoted-list.ts';

/** The sentence about a stream name that nothing in the manifest bears. `names` are those it has. */
export function unknownStream(name: string, names: readonly string[]): string {
  const hint =
    didYouMean(name, names) ||
    (names.length > 0 ? ` The manifest has ${quotedList(names)}.` : ' The manifest has no streams.');
  return `There is no stream "${name}".${hint}`;
}
