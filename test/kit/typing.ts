/**
 * A text as it is after one change and then another, as somebody makes them who types: letters, lines that come and go,
 * words in the place of others. One in three is taken back, and whatever cannot be read. The same each time.
 */
export function* typing(
  text: string,
  changes: number,
  isReadable: (text: string) => boolean,
): Generator<string> {
  let seed = 20;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (seed >> 8) % below;
  };
  const words = text.match(/[\w$#/.-]+|[^\s\w]+/g) ?? ['x'];
  let now = text;
  for (let change = 0; change < changes; change++) {
    yield now;
    const before = now;
    const at = random(now.length);
    const line = random(now.split('\n').length);
    const lines = now.split('\n');
    const edits: readonly (() => string)[] = [
      () => `${now.slice(0, at)} ${now.slice(at)}`,
      () => lines.toSpliced(line, 1).join('\n'),
      () => lines.toSpliced(line, 0, lines[line] ?? '').join('\n'),
      () => lines.toSpliced(line, 0, '# remark', '').join('\n'),
      () => now.slice(0, at) + now.slice(at).replace(/[\w$#/.-]+/, words[random(words.length)] ?? ''),
      () => now.slice(0, at) + now.slice(at).replace(/config|record|type|name/, 'x$&'),
      () => lines.toSpliced(line, 2, ...lines.slice(line, line + 2).toReversed()).join('\n'),
    ];
    now = edits[random(edits.length)]?.() ?? now;
    if (random(3) === 0 || !isReadable(now)) {
      yield now;
      now = before;
    }
  }
}
