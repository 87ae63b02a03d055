const maxSuggestions = 3;

/** ` Did you mean "page_size"?` for a name that is close to some candidates, else an empty string. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = suggestionsFor(name, candidates).map((candidate) => `"${candidate}"`);
  const last = near.pop();
  if (last === undefined) return '';
  if (near.length === 0) return ` Did you mean ${last}?`;
  return ` Did you mean ${near.join(', ')}${near.length > 1 ? ',' : ''} or ${last}?`;
}

/** The closest candidates, nearest first, at most three. */
export function suggestionsFor(name: string, candidates: Iterable<string>): string[] {
  const threshold = Math.floor(name.length * 0.4) + 1;
  const near: { candidate: string; distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === name || Math.abs(candidate.length - name.length) > threshold) continue;
    const distance = editDistance(name, candidate);
    if (distance <= threshold && distance < name.length) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  const best = near[0]?.distance ?? 0;
  // Next to a near miss, far ones are noise.
  return near
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, maxSuggestions)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions, substitutions and swaps of neighbours; a difference in case alone counts one. */
export function editDistance(from: string, to: string): number {
  if (from === to) return 0;
  const a = from.toLowerCase();
  const b = to.toLowerCase();
  if (a === b) return 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
