import { seededRandom } from '../../../../../engine/simulator/seeded-random.ts';

/** Parts of JSON as no well-behaved program writes them, from a seed: the same seed gives the same parts. */
function randomParts(seed: number, spaces: readonly string[]) {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const chance = (of: number) => random() < of;
  const isCompact = chance(0.5);
  const hasOddNumbers = chance(0.5);

  const space = () => (isCompact || chance(0.6) ? '' : pick(spaces));

  function character(): string {
    return pick([
      ...'abcxyz 019.,:;{}[]/',
      'é',
      'ß',
      '漢',
      '😀',
      '\u2028',
      '\u007f',
      String.raw`\"`,
      String.raw`\\`,
      String.raw`\/`,
      String.raw`\n`,
      String.raw`\t`,
      String.raw`\b`,
      String.raw`\f`,
      String.raw`\r`,
      String.raw`\u00e9`,
      String.raw`\u00E9`,
      String.raw`\u001f`,
      String.raw`\u0008`,
      String.raw`\u000a`,
      String.raw`\u0022`,
      String.raw`\u005c`,
      String.raw`\u003c`,
      String.raw`\u6f22`,
      String.raw`\ud83d\ude00`,
      String.raw`\ud83d`,
      String.raw`\ude00`,
      String.raw`\ud83d\u0041`,
    ]);
  }
  const string = (length = Math.floor(random() * random() * 60)) =>
    `"${Array.from({ length }, character).join('')}"`;
  const number = () =>
    hasOddNumbers
      ? pick([
          '-0',
          '0.0',
          '1.0',
          '1.10',
          '-1.5e3',
          '1E5',
          '1e-7',
          '0.000001',
          '0.0000001',
          '0.00000123',
          '9007199254740993',
          '-12345678901234567890123',
          '0.1234567890123456789',
          '123456789.123456789',
          '1e400',
          '100000000000000000000.5',
          '5e-324',
        ])
      : pick(['0', '1', '-7', '42', '1700000000', '3.25', '-0.5', '53.159233', '9007199254740991']);
  const name = () =>
    chance(0.01)
      ? pick(['"1"', '"__proto__"', String.raw`"a\u0062"`, '"constructor"', '"00"', '"-1"'])
      : pick([
          '"id"',
          '"name"',
          '"a"',
          '"b"',
          '"updated_at"',
          '"a_long_name_of_a_field"',
          '"é"',
          '""',
          '"x y"',
        ]);

  function value(depth: number): string {
    const kind = random();
    if (depth > 0 && kind < 0.15) return object(depth - 1);
    if (depth > 0 && kind < 0.25) return array(depth - 1);
    if (kind < 0.5) return string();
    if (kind < 0.75) return number();
    return pick(['null', 'null', 'true', 'false']);
  }
  function object(depth: number, count = Math.floor(random() * 8)): string {
    const names = Array.from({ length: count }, name);
    const distinct = chance(0.97) ? [...new Set(names)] : names;
    const fields = distinct.map((each) => `${each}${space()}:${space()}${value(depth)}`);
    return `{${space()}${fields.join(`${space()},${space()}`)}${space()}}`;
  }
  function array(depth: number, item = () => value(depth), count = Math.floor(random() * 5)): string {
    const items = Array.from({ length: count }, item);
    return `[${space()}${items.join(`${space()},${space()}`)}${space()}]`;
  }

  function broken(whole: string): string {
    const at = Math.floor(random() * whole.length);
    return pick([
      () => whole.slice(0, at),
      () => whole.slice(0, at) + whole.slice(at + 1),
      () =>
        `${whole.slice(0, at)}${pick(['"', ',', '}', ']', '\u0001', 'x', '0', '\\', 'NaN'])}${whole.slice(at)}`,
    ])();
  }
  return { random, pick, chance, space, value, object, array, broken };
}

/** A document, and the path of the records in it. */
export function randomDocument(seed: number): { readonly text: string; readonly path: readonly string[] } {
  const { random, pick, chance, space, value, object, array, broken } = randomParts(seed, [
    ...[' ', '\n', '\t', '\r\n  ', '   '],
  ]);
  const path = pick([[], ['data'], ['data', 'items']]);
  const record = () => (chance(0.01) ? value(1) : object(3));
  const list = chance(0.02) ? value(1) : array(0, record, Math.floor(random() * 12));
  const text = path.reduceRight((inner, step) => {
    const others = Array.from(
      { length: Math.floor(random() * 3) },
      (_, at) => `"o${at}":${space()}${value(2)}`,
    );
    const at = Math.floor(random() * (others.length + 1));
    const fields = [...others.slice(0, at), `"${step}"${space()}:${space()}${inner}`, ...others.slice(at)];
    return `{${space()}${fields.join(`${space()},${space()}`)}${space()}}`;
  }, list);
  return { text: `${space()}${chance(0.1) ? broken(text) : text}${space()}`, path };
}

/** JSON lines: mostly a record in each, and what else may come between them. */
export function randomLines(seed: number): string {
  const { random, pick, chance, space, value, object, array, broken } = randomParts(seed, [
    ...[' ', '\t', ' \r ', '   '],
  ]);
  const isOdd = chance(0.3);
  const line = () =>
    isOdd && chance(0.2)
      ? pick([
          () => '',
          () => ' \t',
          () => '{ }',
          () => value(1),
          () => array(1),
          () => `${object(1)},${object(1)}`,
          () => `${object(1)}${object(1)}`,
          () => `${object(1, 2).replace(',', '\n,')}`,
          () => broken(object(2, 3)),
        ])()
      : `${space()}${object(3, 1 + Math.floor(random() * 6))}${space()}`;
  const all = Array.from({ length: 1 + Math.floor(random() * 12) }, line).join(pick(['\n', '\n', '\r\n']));
  // A pair of surrogates that was broken in two is no text that bytes could be.
  return Buffer.from(`${chance(0.05) ? broken(all) : all}${pick(['', '\n'])}`).toString();
}
